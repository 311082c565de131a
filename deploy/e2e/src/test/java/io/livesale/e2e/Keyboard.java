package io.livesale.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** Somebody without a mouse. */
record Keyboard(Page page) {
    /** More stops than any of our pages has. */
    private static final int STOPS = 60;

    /** Goes on from where the focus is until it is there. */
    Keyboard tabTo(Locator wanted) {
        wanted.waitFor();
        for (int stop = 0; stop < STOPS; stop++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(wanted.evaluate("element => element === document.activeElement"))) {
                return this;
            }
        }
        return fail("the keyboard does not get to " + wanted);
    }

    Keyboard press(String key) {
        page.keyboard().press(key);
        return this;
    }

    Keyboard type(String text) {
        page.keyboard().type(text);
        return this;
    }
}
