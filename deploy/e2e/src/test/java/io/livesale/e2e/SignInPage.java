package io.livesale.e2e;

import com.microsoft.playwright.Page;

/** The launcher's page of demo persons. */
final class SignInPage {
    private SignInPage() {}

    /**
     * Presses the person's button, which leads back to where the visitor came from.
     *
     * @param person their user id
     */
    static void choose(Page page, String person) {
        page.locator("button[value='" + person + "']").click();
        page.waitForURL(url -> !url.contains("/dev/sign-in"));
    }
}
