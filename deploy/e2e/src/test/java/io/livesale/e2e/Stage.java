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

/** The shared system, a browser, and who has come in the test under way. */
final class Stage implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LocalSystem system;
    private final Playwright playwright;
    private final Browser browser;
    private final List<Visitor> visitors = new ArrayList<>();

    private Stage(LocalSystem system, Playwright playwright, Browser browser) {
        this.system = system;
        this.playwright = playwright;
        this.browser = browser;
    }

    static Stage open(LocalSystem system) {
        // The machine's own browser is used, so none is fetched.
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        setDefaultAssertionTimeout(PATIENCE.toMillis());
        return new Stage(system, playwright, Chromium.launch(playwright));
    }

    LocalSystem system() {
        return system;
    }

    /** A new session of the demo's creator. */
    LiveSession session(String title) {
        return LiveSession.start(system.origin(), title);
    }

    /** How many orders for this offer the service knows of, whatever became of them. */
    int orders(String buyer, String offer) {
        return Person.signIn(system.origin(), buyer, "buyer")
                .get("/orders?limit=200")
                .path("items.findAll { it.offerId == '" + offer + "' }.size()");
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
     * Sends everybody home, and keeps what they saw last. Whatever a test looked at: no script may have failed, no page
     * have tried what its policy forbids, and no text be left unfilled.
     */
    void clear(String test) {
        List<String> faults = new ArrayList<>();
        int all = visitors.size();
        for (int number = 1; number <= all; number++) {
            String name = all == 1 ? test : test + "-" + number;
            faults.addAll(visitors.remove(0).leave(Path.of("target", "screenshots", name + ".png")));
        }
        assertEquals(List.of(), faults);
    }

    @Override
    public void close() {
        try (playwright) {
            browser.close();
        }
    }
}
