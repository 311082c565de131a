package io.livesale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What is in the repository, or would be by the next commit of everything. */
final class RepositoryFiles {
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private RepositoryFiles() {}

    /** Paths from the root. */
    static List<String> all() throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
                .directory(ROOT.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, git.waitFor(), "git ls-files failed");
        return Stream.of(names.split("\0"))
                .filter(name -> Files.isRegularFile(ROOT.resolve(name)))
                .toList();
    }
}
