package io.livesale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.ScreenshotType;
import io.livesale.e2e.LocalSystem.Spike;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo sale as the root README shows it; {@code deploy/e2e/screenshots/update} puts the pictures there. */
@BrowserTest
class PicturesBrowserIT {
    private static final Path FOLDER = Path.of(System.getProperty("screenshots", "target/screenshots"));
    private static final Path README = Path.of("..", "..", "README.md");
    /** A README should be there at once on any line. */
    private static final long MOST_BYTES = 100_000;

    private static final int QUALITY = 80;
    /** The player's controls come and go. */
    private static final String CALM = """
            () => {
              document.querySelectorAll('video').forEach(video => video.controls = false);
              document.activeElement.blur();
              scrollTo(0, 0);
            }
            """;

    @Test
    void showTheStreamPage(Stage stage) throws IOException {
        StreamPage desk =
                StreamPage.open(stage.visitor(PicturesBrowserIT::small).signedInAs("lin"), demo(stage));
        desk.buyAndSayWhere(pinned(desk));
        desk.showsOrder("RESERVED");
        desk.page().locator("video").waitForFunction("video => video.currentTime > 1");
        take(desk.page(), "stream-page");

        Visitor mei = stage.visitor(
                options -> options.setLocale("zh-CN").setViewportSize(390, 844).setColorScheme(ColorScheme.DARK));
        StreamPage phone = StreamPage.open(mei.signedInAs("mei"), demo(stage));
        phone.page().locator("video").waitForFunction("video => video.currentTime > 1");
        take(phone.page(), "stream-page-phone");
    }

    @Test
    void showTheDesks(Stage stage) throws IOException {
        Page creator = stage.visitor(PicturesBrowserIT::small)
                .signedInAs("demo-creator")
                .page();
        creator.navigate(demo(stage).replace("/live/", "/me/sessions?session="));
        String pinned = creator.locator(".pinned").getAttribute("data-offer");
        crowd(stage, pinned, 150);
        crowd(stage, pinned, 90);
        assertThat(figure(creator, "orders")).not().hasText("0");
        assertThat(figure(creator, "rate")).hasText("0");
        take(creator, "creators-desk");

        Person.signIn(stage.system().origin(), "aniu", "creator")
                .put("/creators/me", Map.of("displayName", "A Niu of Pingli", "homeCounty", "610926"))
                .then()
                .statusCode(200);
        Page operator = stage.visitor(PicturesBrowserIT::small)
                .signedInAs("demo-operator")
                .page();
        operator.navigate("/admin");
        assertThat(operator.locator("#queue [data-creator=aniu]")).isVisible();
        assertThat(operator.locator("[data-adrift]")).isVisible();
        take(operator, "operators-desk");
    }

    @Test
    void showTheMoney(Stage stage) throws IOException {
        StreamPage stream = StreamPage.open(stage.visitor(), demo(stage));
        crowd(stage, pinned(stream), 120);
        SoldJar jars = SoldJar.three(stage, "Mushroom paste, 210 g")
                .delivered()
                .completed()
                .released();
        Page seller = stage.visitor(PicturesBrowserIT::tall)
                .signedInAs("demo-cooperative")
                .page();
        seller.navigate("/me/earnings");
        assertThat(seller.locator("[data-order='" + jars.orderId() + "']")).hasAttribute("data-state", "AVAILABLE");
        assertThat(seller.locator("#income canvas")).isVisible();
        take(seller, "earnings");

        Page operator = stage.visitor(PicturesBrowserIT::tall)
                .signedInAs("demo-operator")
                .page();
        operator.navigate("/impact");
        assertThat(operator.locator("#by-day canvas")).isVisible();
        assertThat(operator.locator("#by-county canvas")).isVisible();
        take(operator, "impact");
    }

    private static String demo(Stage stage) {
        return stage.system().demoSale();
    }

    private static String pinned(StreamPage stream) {
        return stream.page().locator(".pinned[data-offer]").getAttribute("data-offer");
    }

    private static Locator figure(Page desk, String name) {
        return desk.locator("[data-figures=session] [data-figure=" + name + "] dd");
    }

    private static void crowd(Stage stage, String offer, int presses) {
        Spike spike = stage.system()
                .spike("--offer", offer, "--orders", "" + presses, "--buyers", "60", "--pay-percent", "60");
        assertEquals(0, spike.exitCode(), spike.output());
    }

    /** A picture of three quarters the size. */
    private static void small(NewContextOptions options) {
        options.setViewportSize(1280, 920).setDeviceScaleFactor(0.75);
    }

    /** With room for a chart under the figures. */
    private static void tall(NewContextOptions options) {
        small(options);
        options.setViewportSize(1280, 1600);
    }

    /** From the top, and with nothing on it that a press or the time has set going. */
    private static void take(Page page, String name) throws IOException {
        page.mouse().move(0, 0);
        page.evaluate(CALM);
        Path picture = FOLDER.resolve(name + ".jpg");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(picture)
                .setType(ScreenshotType.JPEG)
                .setQuality(QUALITY)
                .setAnimations(ScreenshotAnimations.DISABLED));
        assertThat(Files.size(picture), lessThanOrEqualTo(MOST_BYTES));
        assertThat(Files.readString(README), containsString("deploy/e2e/screenshots/" + picture.getFileName()));
    }
}
