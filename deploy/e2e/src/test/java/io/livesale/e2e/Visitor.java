package io.livesale.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody at a browser of their own, which nobody else is signed in at. */
final class Visitor {
    private static final Pattern UNFILLED = Pattern.compile("\\{\\w+}|undefined|NaN|Invalid Date");

    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();

    Visitor(BrowserContext context, Duration patience) {
        this.context = context;
        context.setDefaultTimeout(patience.toMillis());
        context.onWebError(error -> faults.add(error.error()));
        context.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                faults.add(message.text());
            }
        });
        page = context.newPage();
    }

    /** One of the demo's persons, by the launcher's own page. */
    Visitor signedInAs(String person) {
        page.navigate("/dev/sign-in?returnUrl=/");
        SignInPage.choose(page, person);
        return this;
    }

    Page page() {
        return page;
    }

    /** Cuts or mends the connection. */
    void setOffline(boolean offline) {
        context.setOffline(offline);
    }

    /**
     * Closes the browser.
     *
     * @param picture where to keep what it showed last
     * @return scripts that failed, what a page tried against its policy, and what it left unfilled
     */
    List<String> leave(Path picture) {
        try (context) {
            page.screenshot(new Page.ScreenshotOptions().setPath(picture).setFullPage(true));
            UNFILLED.matcher(page.locator("body").innerText())
                    .results()
                    .map(unfilled -> unfilled.group() + " on " + page.url())
                    .forEach(faults::add);
        }
        return faults;
    }
}
