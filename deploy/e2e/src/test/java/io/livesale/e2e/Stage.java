package io.livesale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The system with its demo sale, a browser, and who has come in the test under way. */
final class Stage implements AutoCloseable {
    /** Long enough to pay on a busy machine, short enough to wait for its end. */
    static final Duration PAYMENT_WINDOW = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LocalSystem system;
    private final Playwright playwright;
    private final Browser browser;
    private final List<Visitor> visitors = new ArrayList<>();

    private Stage(LocalSystem system, Playwright playwright, Browser browser) {
        this.system = system;
        this.playwright = playwright;
        this.browser = browser;
    }

    static Stage open() {
        Path data = Path.of("target", "system", "browser-" + System.currentTimeMillis(), "data")
                .toAbsolutePath();
        Map<String, String> settings = Map.of("ORDER_PAYMENT_WINDOW", PAYMENT_WINDOW.toString());
        // The machine's own browser is used, so none is fetched.
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        setDefaultAssertionTimeout(PATIENCE.toMillis());
        Browser browser = Chromium.launch(playwright);
        return new Stage(LocalSystem.start(data, LocalSystem.freePorts(), settings), playwright, browser);
    }

    LocalSystem system() {
        return system;
    }

    /** A new session of the demo's creator. */
    LiveSession session(String title) {
        return LiveSession.start(system.origin(), title);
    }

    /** Somebody at a desk who reads English. */
    Visitor visitor() {
        return visitor(options -> {});
    }

    /** @param how their browser differs from that: language, window, colours */
    Visitor visitor(Consumer<NewContextOptions> how) {
        NewContextOptions options = new NewContextOptions()
                .setBaseURL(system.origin())
                .setLocale("en-US")
                .setViewportSize(1280, 800);
        how.accept(options);
        Visitor visitor = new Visitor(browser.newContext(options), PATIENCE);
        visitors.add(visitor);
        return visitor;
    }

    /**
     * Sends everybody home, and keeps what they saw last. Whatever a test looked at: no script may have failed, and no
     * page have tried what its policy forbids.
     */
    void clear(String test) {
        List<String> faults = new ArrayList<>();
        for (Visitor visitor : visitors) {
            String number = visitors.size() == 1 ? "" : "-" + (visitors.indexOf(visitor) + 1);
            faults.addAll(visitor.leave(Path.of("target", "screenshots", test + number + ".png")));
        }
        visitors.clear();
        assertEquals(List.of(), faults);
    }

    @Override
    public void close() {
        try (playwright) {
            browser.close();
        } finally {
            system.close();
        }
    }
}
