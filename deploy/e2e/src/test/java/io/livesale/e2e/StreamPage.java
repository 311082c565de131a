package io.livesale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** The stream page as a visitor uses it, in either language. */
record StreamPage(Page page) {
    private static final Pattern BUY = Pattern.compile("^(Buy for|立即购买) ");
    private static final Pattern SAVE_AND_BUY = Pattern.compile("Save and buy|保存并购买");
    private static final Pattern PAY = Pattern.compile("^(Pay|去付款) ");

    static StreamPage open(Visitor visitor, String path) {
        visitor.page().navigate(path);
        return new StreamPage(visitor.page());
    }

    static StreamPage open(Visitor visitor, LiveSession session) {
        return open(visitor, session.path());
    }

    Locator offer(String offerId) {
        return page.locator("[data-offer='" + offerId + "']");
    }

    /** The button; there is none where nothing can be bought. */
    Locator buy(String offerId) {
        return offer(offerId).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(BUY));
    }

    /** Presses buy for the first time on this device, which asks where the goods shall go. */
    void buyAndSayWhere(String offerId) {
        buy(offerId).click();
        fillInAddress();
        saveAndBuy().click();
    }

    void fillInAddress() {
        page.locator("#address-name").fill("Lin Xia");
        page.locator("#address-phone").fill("13900000000");
        page.locator("#address-address").fill("1 River Street, Xi'an");
    }

    Locator saveAndBuy() {
        return button(page.getByRole(AriaRole.DIALOG), SAVE_AND_BUY);
    }

    /** The newest order, or the press that is not answered yet. */
    Locator order() {
        return page.locator("[data-order], [data-intent]").first();
    }

    /** Presses that are not answered yet. */
    Locator intents() {
        return page.locator("[data-intent]");
    }

    Locator orders() {
        return page.locator("[data-order]");
    }

    void showsOrder(String status) {
        assertThat(order()).hasAttribute("data-status", status);
    }

    /** Leaves for the provider's page. */
    Locator pay() {
        return button(order(), PAY);
    }

    /** Pays on the sandbox's page, which leads back to this one. */
    void payAtTheSandbox() {
        pay().click();
        page.waitForURL("**/sandbox/psp/payments/*");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pay"))
                .click();
        page.waitForURL("**/live/*");
    }

    private static Locator button(Locator within, Pattern name) {
        return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }
}
