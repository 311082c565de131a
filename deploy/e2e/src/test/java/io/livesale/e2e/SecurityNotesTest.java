package io.livesale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A claim whose test is gone is none: whoever renames or drops one that SECURITY.md names has to look there. */
class SecurityNotesTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    void everyTestTheyNameIsThere() throws IOException, InterruptedException {
        Set<String> there = RepositoryFiles.all().stream()
                .map(file -> Path.of(file).getFileName().toString())
                .collect(Collectors.toSet());

        List<String> named = TEST.matcher(Files.readString(RepositoryFiles.ROOT.resolve("deploy/SECURITY.md")))
                .results()
                .map(match -> match.group(1) + ".java")
                .toList();

        assertFalse(named.isEmpty());
        assertEquals(
                List.of(), named.stream().filter(test -> !there.contains(test)).toList());
    }
}
