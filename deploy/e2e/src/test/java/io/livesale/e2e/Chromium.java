package io.livesale.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser this machine has: the one {@code CHROMIUM} names, else the first on the path. */
final class Chromium {
    static final String MISSING = "no Chromium on the PATH, and CHROMIUM names none: browser tests are skipped";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");

    private Chromium() {}

    static Optional<Path> find() {
        return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")).map(Path::of), onThePath())
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Stream<Path> onThePath() {
        List<String> folders = Arrays.asList(System.getenv("PATH").split(File.pathSeparator));
        return NAMES.stream().flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)));
    }

    /** Starts it without a window. */
    static Browser launch(Playwright playwright) {
        return playwright.chromium().launch(new LaunchOptions().setExecutablePath(find().orElseThrow()));
    }
}
