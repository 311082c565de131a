package io.livesale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How the pages look and read: on a phone, in both languages, for everybody. */
@BrowserTest
class LookBrowserIT {
    private static final int PHONE_WIDTH = 360;
    private static final int TARGET = 44;
    /** A village's, with nowhere to break it. */
    private static final String LONG_NAME = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch";

    /** Frames whose content sticks out. */
    private static final String OVERFLOWING = """
            () => [...document.querySelectorAll('.card, dialog[open]')]
              .filter(frame => frame.scrollWidth > frame.clientWidth)
              .map(frame => frame.outerHTML)
            """;
    /** What can be pressed, but for what waits above the page for the keyboard. */
    private static final String TOO_SMALL = """
            size => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
              .filter(target => target.checkVisibility({ visibilityProperty: true }))
              .filter(target => {
                const { width, height, bottom } = target.getBoundingClientRect();
                return bottom + scrollY > 0 && (width < size || height < size);
              })
              .map(target => target.outerHTML)
            """;

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
    void theBrowsersLanguageDecidesTextsPricesAndTimes(Stage stage) {
        LiveSession session = stage.session("山里的晚上");
        String inTwoDays = Instant.now().plus(Duration.ofDays(2)).toString();
        String paste = session.sell("香菇酱", 20, Map.of("closesAt", inTwoDays));
        StreamPage chinese = StreamPage.open(stage.visitor(LookBrowserIT::chinese), session);
        StreamPage english = StreamPage.open(stage.visitor(), session);

        assertThat(chinese.page().locator("html")).hasAttribute("lang", "zh");
        assertThat(chinese.offer(paste)).containsText("¥19.90");
        assertThat(chinese.offer(paste)).not().containsText("CN¥");
        assertThat(chinese.offer(paste)).containsText("剩余 20 件");
        assertThat(chinese.offer(paste)).containsText(Pattern.compile("20\\d\\d年\\d+月\\d+日 \\d\\d:\\d\\d 结束"));
        assertThat(chinese.offer(paste)).containsText("登录后购买");
        assertThat(english.page().locator("html")).hasAttribute("lang", "en");
        assertThat(english.offer(paste)).containsText("CN¥19.90");
        assertThat(english.offer(paste)).containsText("20 left");
        assertThat(english.offer(paste))
                .containsText(Pattern.compile("Closes \\w{3} \\d+, 20\\d\\d, \\d+:\\d\\d\\s[AP]M"));
        assertThat(english.offer(paste)).containsText("Sign in to buy");
    }

    @Test
    void theDesksSpeakChineseToo(Stage stage) {
        Page creator =
                stage.visitor(LookBrowserIT::chinese).signedInAs("demo-creator").page();
        creator.navigate("/me/sessions");
        assertThat(creator.locator("#sessions-title")).hasText("直播列表");
        assertThat(creator.locator("#profile-title + .badge")).hasText("已通过审核");

        Page operator = stage.visitor(LookBrowserIT::chinese)
                .signedInAs("demo-operator")
                .page();
        operator.navigate("/admin");
        assertThat(operator.locator("#stock")).containsText("所有商品的库存都对得上。");
    }

    @Test
    void everyTextIsThereInBothLanguagesAndFillsInTheSame(Stage stage) {
        Page page = stage.visitor().page();
        page.navigate("/");

        Object faulty = page.evaluate("""
                async () => {
                  const { addTexts } = await import('/assets/messages.js');
                  await import('/assets/desk-messages.js');
                  await import('/earnings-assets/texts.js');
                  const places = text => String(text?.match(/\\{\\w+\\}/g)?.sort());
                  return Object.entries(addTexts({}))
                    .filter(([, [zh, en]]) => !zh || !en || /\\p{Script=Han}/u.test(en) || places(zh) !== places(en))
                    .map(([key]) => key);
                }
                """);

        assertEquals(List.of(), faulty);
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
        creator.getByText("Add a product").tap();
        assertThat(creator.locator("[data-product]").first()).isVisible();
        fitsAThumb(creator);

        Person.signIn(stage.system().origin(), LONG_NAME, "creator")
                .put("/creators/me", Map.of("displayName", LONG_NAME, "homeCounty", "611026"))
                .then()
                .statusCode(200);
        Person.signIn(stage.system().origin(), "demo-operator", "operator")
                .put("/counties/L-1", Map.of("name", LONG_NAME, "province", LONG_NAME, "designated", true))
                .then()
                .statusCode(200);
        Page operator =
                stage.visitor(LookBrowserIT::phone).signedInAs("demo-operator").page();
        operator.navigate("/admin");
        assertThat(operator.locator("[data-county=L-1]")).isVisible();
        fitsAThumb(operator);
    }

    @Test
    void thePagesAboutMoneyAreForEverybodyAndFitAPhone(Stage stage) {
        SoldJar.three(stage, "Wild honey, 250 g");
        Page seller = stage.visitor(LookBrowserIT::phone)
                .signedInAs("demo-cooperative")
                .page();
        seller.navigate("/me/earnings");
        assertThat(seller.locator("[data-order]").first()).isVisible();
        assertThat(seller.locator("canvas").first()).isVisible();
        assertThat(seller.locator("#payout-account, #account[data-status]").first())
                .isAttached();
        openAllParts(seller);
        fitsAThumb(seller);
        Accessibility.check(seller);
        seller.navigate("/me/earnings/statement");
        assertThat(seller.locator("[data-movement]").first()).isVisible();
        assertEquals(
                true, seller.locator(".scroll").last().evaluate("lines => lines.scrollWidth <= lines.clientWidth"));
        fitsAThumb(seller);
        Accessibility.check(seller);

        Page operator =
                stage.visitor(LookBrowserIT::phone).signedInAs("demo-operator").page();
        operator.navigate("/impact");
        assertThat(operator.locator("#by-county canvas")).isVisible();
        openAllParts(operator);
        fitsAThumb(operator);
        Accessibility.check(operator);
        operator.navigate("/impact/audit");
        assertThat(operator.locator("[data-entry]").first()).isVisible();
        fitsAThumb(operator);
        Accessibility.check(operator);
    }

    /** Tables behind charts, what happened to payouts: what is closed, nothing is found in. */
    private static void openAllParts(Page page) {
        page.evaluate("() => document.querySelectorAll('details').forEach(part => (part.open = true))");
    }

    @Test
    void thePagesAboutMoneySpeakChinese(Stage stage) {
        Page seller = stage.visitor(options -> options.setLocale("zh-CN"))
                .signedInAs("demo-cooperative")
                .page();
        seller.navigate("/me/earnings");
        assertThat(seller.locator("#account")).containsText("收款账户");
        assertThat(seller.locator("[data-currency=CNY] [data-figure=pending]")).containsText("待结算");
        Locator pending = seller.locator("[data-currency=CNY] [data-figure=pending] dd");
        assertThat(pending).containsText("¥");
        assertThat(pending).not().containsText("CN¥");

        Page operator = stage.visitor(options -> options.setLocale("zh-CN"))
                .signedInAs("demo-operator")
                .page();
        operator.navigate("/impact");
        assertThat(operator.locator("#sessions")).containsText("各场直播");
        operator.navigate("/impact/audit?action=FEE_PROGRAMME_SET");
        assertThat(operator.locator("[data-entry]").first()).containsText("设置减免方案");
    }

    @Test
    void theDemoSalePlaysItsClip(Stage stage) {
        StreamPage stream = StreamPage.open(stage.visitor(), stage.system().demoSale());

        stream.page().locator("video").waitForFunction("video => video.currentTime > 1");
    }

    private static void phone(NewContextOptions options) {
        options.setViewportSize(PHONE_WIDTH, 740).setIsMobile(true).setHasTouch(true);
    }

    private static void chinese(NewContextOptions options) {
        options.setLocale("zh-CN");
    }

    /** With all that can stand on a stream page. */
    private static LiveSession fullSession(Stage stage) {
        LiveSession session = stage.session("An evening of " + LONG_NAME);
        String pinned = session.sell("Shiitake mushroom paste, 210 g", 20, Map.of("perBuyerLimit", 2));
        session.sell(LONG_NAME, 5);
        session.sellGift("Rose");
        session.sellGift("Rocket");
        session.close(session.sell("Pingli green tea, 125 g", 3));
        session.pin(pinned);
        return session;
    }

    private static void fitsAThumb(Page page) {
        assertEquals(PHONE_WIDTH, page.evaluate("document.documentElement.scrollWidth"));
        assertEquals(List.of(), page.evaluate(OVERFLOWING));
        assertEquals(List.of(), page.evaluate(TOO_SMALL, TARGET));
    }
}
