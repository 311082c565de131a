package io.livesale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a viewer does on the stream page, from signing in to having paid, and what a nervous hand may not spoil. */
@BrowserTest
class BuyingBrowserIT {

    @Test
    void whoeverIsSentToSignInComesBackBuysAndPays(Stage stage) {
        LiveSession session = stage.session("An evening in Zhashui");
        String paste = session.sell("Mushroom paste", 20);
        session.pin(paste);
        StreamPage stream = StreamPage.open(stage.visitor(), session);

        stream.offer(paste).getByRole(AriaRole.LINK).click();
        SignInPage.choose(stream.page(), "lin");
        stream.buyAndSayWhere(paste);
        stream.showsOrder("RESERVED");
        assertThat(stream.order()).containsText("Mushroom paste × 1");
        assertThat(stream.order()).containsText(Pattern.compile("Pay within [01]:\\d\\d"));
        assertThat(stream.pay()).hasText("Pay CN¥19.90");
        stream.payAtTheSandbox();

        stream.showsOrder("PAID");
        assertThat(stream.offer(paste)).containsText("19 left");
    }

    @Test
    void aDoubleClickMakesOneOrder(Stage stage) {
        LiveSession session = stage.session("Double");
        String tea = session.sell("Green tea", 20);
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("mei"), session);
        stream.buyAndSayWhere(tea);
        stream.showsOrder("RESERVED");
        assertThat(stream.buy(tea)).isEnabled();
        assertEquals(1, stage.orders("mei", tea));

        stream.buy(tea).dblclick();

        // The button comes back once all that was pressed is answered.
        assertThat(stream.buy(tea)).isEnabled();
        assertThat(stream.orders()).hasCount(2);
        assertEquals(2, stage.orders("mei", tea));
    }

    @Test
    void aGiftIsSentWithOnePressAndPaid(Stage stage) {
        LiveSession session = stage.session("Gifts");
        String rose = session.sellGift("Rose");
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("bo"), session);

        stream.offer(rose).getByRole(AriaRole.BUTTON).click();
        stream.payAtTheSandbox();

        stream.showsOrder("COMPLETED");
        assertThat(stream.order()).containsText("Thank you for your gift!");
    }

    @Test
    void whoHasAllOfTheLimitIsToldSo(Stage stage) {
        LiveSession session = stage.session("Limit");
        String honey = session.sell("Honey", 20, Map.of("perBuyerLimit", 2));
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("lin"), session);

        stream.offer(honey).getByLabel("One more").click();
        assertThat(stream.buy(honey)).containsText("CN¥39.80");
        stream.buyAndSayWhere(honey);

        stream.showsOrder("RESERVED");
        assertThat(stream.offer(honey)).containsText("You have all 2 that one person may have");
        assertThat(stream.buy(honey)).hasCount(0);
    }

    @Test
    void theKeyboardAloneBuysAndPays(Stage stage) {
        LiveSession session = stage.session("Keys");
        String konjak = session.sell("Konjak tofu", 20);
        session.pin(konjak);
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("bo"), session);
        Keyboard keyboard = new Keyboard(stream.page());

        keyboard.tabTo(stream.buy(konjak)).press("Enter");
        assertThat(stream.page().locator("#address-name")).isFocused();
        keyboard.type("Bo")
                .press("Tab")
                .type("13900000000")
                .press("Tab")
                .type("2 Hill Road")
                .press("Enter");
        stream.showsOrder("RESERVED");
        assertThat(stream.page().getByRole(AriaRole.STATUS))
                .containsText(Pattern.compile("Konjak tofu: Reserved for you\\. Pay within \\d:\\d\\d"));
        keyboard.tabTo(stream.pay()).press("Enter");
        stream.page().waitForURL("**/sandbox/psp/payments/*");
        keyboard.tabTo(stream.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pay")))
                .press("Enter");

        stream.page().waitForURL("**" + session.path());
        stream.showsOrder("PAID");
    }

    @Test
    void anUnpaidOrderExpiresBeforeItsBuyersEyes(Stage stage) {
        LiveSession session = stage.session("Expiry");
        String last = session.sell("The last jar", 1);
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("mei"), session);

        stream.buyAndSayWhere(last);
        stream.showsOrder("RESERVED");
        assertThat(stream.offer(last)).containsText("Sold out");

        Duration longest = SharedSystemExtension.PAYMENT_WINDOW.plus(Stage.PATIENCE);
        assertThat(stream.order())
                .hasAttribute("data-status", "EXPIRED", new HasAttributeOptions().setTimeout(longest.toMillis()));
        assertThat(stream.order()).containsText("Not paid in time");
        assertThat(stream.pay()).hasCount(0);
        assertThat(stream.buy(last)).isVisible();
    }

    @Test
    void aPurchaseReadsChineseFromBeginningToEnd(Stage stage) {
        LiveSession session = stage.session("山里的晚上");
        String paste = session.sell("香菇酱", 20);
        session.pin(paste);
        Visitor mei = stage.visitor(options -> options.setLocale("zh-CN"));
        StreamPage stream = StreamPage.open(mei.signedInAs("mei"), session);

        stream.buyAndSayWhere(paste);
        stream.showsOrder("RESERVED");
        assertThat(stream.order()).containsText("香菇酱 × 1");
        assertThat(stream.order()).containsText(Pattern.compile("请在 [01]:\\d\\d 内付款"));
        assertThat(stream.pay()).hasText("去付款 ¥19.90");
        stream.payAtTheSandbox();

        stream.showsOrder("PAID");
        assertThat(stream.order()).containsText("谢谢！卖家会尽快发货。");
    }
}
