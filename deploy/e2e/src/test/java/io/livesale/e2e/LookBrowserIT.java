package io.livesale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the pages look and read: on a phone, in both languages, for everybody. */
@BrowserTest
class LookBrowserIT {
    private static final int PHONE_WIDTH = 360;
    private static final int TARGET = 44;

    @Test
    void aPhoneShowsAllWithoutScrollingSidewaysAndAThumbHitsEveryButton(Stage stage) {
        LiveSession session = fullSession(stage);
        StreamPage stream = StreamPage.open(stage.visitor(LookBrowserIT::phone).signedInAs("lin"), session);
        Locator buy = stream.page().locator("button.buy").first();
        assertThat(buy).isEnabled();
        fitsAThumb(stream.page());

        buy.tap();
        assertThat(stream.saveAndBuy()).isVisible();
        fitsAThumb(stream.page());
        stream.fillInAddress();
        stream.saveAndBuy().tap();

        stream.showsOrder("RESERVED");
        fitsAThumb(stream.page());
    }

    @Test
    void theBrowsersLanguageDecidesTextsAndPrices(Stage stage) {
        LiveSession session = stage.session("山里的晚上");
        String paste = session.sell("香菇酱", 20);
        StreamPage chinese = StreamPage.open(stage.visitor(options -> options.setLocale("zh-CN")), session);
        StreamPage english = StreamPage.open(stage.visitor(), session);

        assertThat(chinese.page().locator("html")).hasAttribute("lang", "zh");
        assertThat(chinese.offer(paste)).containsText("¥19.90");
        assertThat(chinese.offer(paste)).containsText("剩余 20 件");
        assertThat(chinese.offer(paste)).containsText("登录后购买");
        assertThat(english.page().locator("html")).hasAttribute("lang", "en");
        assertThat(english.offer(paste)).containsText("CN¥19.90");
        assertThat(english.offer(paste)).containsText("20 left");
        assertThat(english.offer(paste)).containsText("Sign in to buy");
    }

    @Test
    void axeFindsNothingGrave(Stage stage) {
        LiveSession session = fullSession(stage);
        String last = session.sell("The last jar", 1);
        Visitor lin = stage.visitor();
        lin.page().navigate("/");
        Accessibility.check(lin.page());
        lin.page().navigate("/live/" + "0".repeat(8) + "-0000-7000-8000-" + "0".repeat(12));
        Accessibility.check(lin.page());
        lin.page().navigate("/dev/sign-in?returnUrl=/");
        Accessibility.check(lin.page());

        StreamPage stream = StreamPage.open(lin.signedInAs("lin"), session);
        stream.buy(last).click();
        assertThat(stream.saveAndBuy()).isVisible();
        Accessibility.check(stream.page());
        stream.fillInAddress();
        stream.saveAndBuy().click();
        stream.showsOrder("RESERVED");
        Accessibility.check(stream.page());

        stream.pay().click();
        stream.page().waitForURL("**/sandbox/psp/payments/*");
        Accessibility.check(stream.page());
    }

    @Test
    void axeFindsNothingGraveOnTheDesks(Stage stage) {
        LiveSession session = fullSession(stage);
        Page creator = stage.visitor().signedInAs("demo-creator").page();
        creator.navigate("/me/sessions");
        assertThat(creator.locator("[data-session]").first()).isVisible();
        Accessibility.check(creator);
        creator.navigate("/me/sessions?session=" + session.id());
        assertThat(creator.locator("canvas")).isVisible();
        Accessibility.check(creator);
        creator.getByText("Add a product").click();
        assertThat(creator.locator("[data-product]").first()).isVisible();
        Accessibility.check(creator);

        Page operator = stage.visitor().signedInAs("demo-operator").page();
        operator.navigate("/admin");
        assertThat(operator.locator("[data-adrift]")).isVisible();
        assertThat(operator.locator("[data-county]").first()).isVisible();
        Accessibility.check(operator);
    }

    @Test
    void theDesksFitAPhoneToo(Stage stage) {
        LiveSession session = fullSession(stage);
        Page creator =
                stage.visitor(LookBrowserIT::phone).signedInAs("demo-creator").page();
        creator.navigate("/me/sessions");
        assertThat(creator.locator("[data-session]").first()).isVisible();
        fitsAThumb(creator);
        creator.navigate("/me/sessions?session=" + session.id());
        assertThat(creator.locator("canvas")).isVisible();
        fitsAThumb(creator);

        Page operator =
                stage.visitor(LookBrowserIT::phone).signedInAs("demo-operator").page();
        operator.navigate("/admin");
        assertThat(operator.locator("[data-county]").first()).isVisible();
        fitsAThumb(operator);
    }

    @Test
    void theDemoSalePlaysItsClip(Stage stage) {
        StreamPage stream = StreamPage.open(stage.visitor(), stage.system().demoSale());

        Locator video = stream.page().locator("video");
        await().untilAsserted(() -> assertTrue((Boolean) video.evaluate("playing => playing.currentTime > 1")));
    }

    private static void phone(NewContextOptions options) {
        options.setViewportSize(PHONE_WIDTH, 740).setIsMobile(true).setHasTouch(true);
    }

    /** With all that can stand on a stream page. */
    private static LiveSession fullSession(Stage stage) {
        LiveSession session = stage.session("An evening with everything there is to show");
        String pinned = session.sell("Shiitake mushroom paste, 210 g", 20, Map.of("perBuyerLimit", 2));
        session.sell("Konjak tofu, 500 g", 5);
        session.sellGift("Rose");
        session.sellGift("Rocket");
        session.close(session.sell("Pingli green tea, 125 g", 3));
        session.pin(pinned);
        return session;
    }

    private static void fitsAThumb(Page page) {
        assertEquals(PHONE_WIDTH, page.evaluate("document.documentElement.scrollWidth"));
        List<String> small = page.locator("a, button, input, summary").all().stream()
                .filter(Locator::isVisible)
                .filter(target -> !isBigEnough(target.boundingBox()))
                .map(target -> (String) target.evaluate("element => element.outerHTML"))
                .toList();
        assertThat(small, empty());
    }

    private static boolean isBigEnough(BoundingBox box) {
        boolean outside = box.y + box.height <= 0;
        return outside || box.width >= TARGET && box.height >= TARGET;
    }
}
