package io.livesale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Those who earn see why their money is where it is, are paid, and can check it to the fen; operators see what it did. */
@BrowserTest
class EarningsBrowserIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aSellerFollowsTheirMoneyFromTheSaleToTheBank(Stage stage) {
        SoldJar jars = SoldJar.three(stage, "Mushroom paste, 210 g");
        Page page = stage.visitor().signedInAs("demo-cooperative").page();
        page.navigate("/me/earnings");
        Locator entry = page.locator("[data-order='" + jars.orderId() + "']");
        assertThat(entry).hasAttribute("data-state", "PENDING");
        assertThat(entry).containsText("CN¥47.17");
        assertThat(entry).containsText("CN¥0.59 fee (1%)");
        assertThat(entry).containsText("CN¥2.39 waived");
        assertThat(entry).containsText("Waits for delivery");

        jars.delivered();
        page.reload();
        assertThat(entry).containsText("Waits for the order’s completion");
        jars.completed().released();
        page.reload();
        assertThat(entry).hasAttribute("data-state", "AVAILABLE");

        giveAnAccount(page);
        assertThat(page.locator("[data-next]").first()).hasAttribute("data-next", "amount");
        String settlement = settle(stage);
        awaitPaid(jars.seller(), settlement);
        page.reload();
        Locator payout = page.locator("[data-payout]").first();
        assertThat(payout).hasAttribute("data-status", "PAID");
        payout.getByText("What happened").click();
        assertThat(payout.locator(".decisions li")).hasCount(3);
        assertThat(payout.locator(".decisions")).containsText("On its way");
        assertThat(page.locator("[data-currency=CNY] [data-figure=arrived] dd"))
                .not()
                .hasText("CN¥0.00");
    }

    @Test
    void theChartOfEarningsIsATableToo(Stage stage) {
        SoldJar.three(stage, "Konjak noodles, 400 g");
        Page page = stage.visitor().signedInAs("demo-creator").page();
        page.navigate("/me/earnings");

        Locator income = page.locator("#income");
        assertThat(income.locator("canvas")).isVisible();
        income.getByText("As a table").click();
        assertThat(income.locator("tbody tr")).hasCount(30);
        assertThat(income.locator("tbody tr").last()).not().containsText("CN¥0.00");

        press(income, "Last 7 days");
        assertThat(income.locator("tbody tr")).hasCount(7);
    }

    @Test
    void aStatementAddsUpToTheFenOnScreenAndInTheFile(Stage stage) throws IOException {
        SoldJar jars = SoldJar.three(stage, "Pingli green tea, 50 g");
        Page page = stage.visitor().signedInAs("demo-cooperative").page();
        page.navigate("/me/earnings");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Look at it and print"))
                .click();
        assertThat(page.locator("[data-edge=closing]")).isVisible();
        JsonPath sums = jars.seller().get("/earnings/me/statement").jsonPath();

        assertThat(page.locator("[data-sum=opening] td")).hasText(yuan(sums.getLong("opening.balance.amount")));
        assertThat(page.locator("[data-sum=closing] td")).hasText(yuan(sums.getLong("closing.balance.amount")));
        assertThat(page.locator("[data-edge=closing] td")).hasText(yuan(sums.getLong("closing.balance.amount")));
        assertThat(page.locator("[data-movement]"))
                .hasCount(sums.getList("totals.movements", Integer.class).stream()
                        .mapToInt(i -> i)
                        .sum());
        List<String> lines = download(page, page.getByRole(AriaRole.MAIN));
        String[] last = lines.get(lines.size() - 1).split(",");
        assertEquals(sums.getString("closing.balance.amount"), last[last.length - 1]);
    }

    @Test
    void aStatementIsMadeForPaper(Stage stage) {
        SoldJar.three(stage, "Walnuts, 1 kg");
        Page page = stage.visitor().signedInAs("demo-cooperative").page();
        page.navigate("/me/earnings/statement");
        assertThat(page.locator("[data-movement]").first()).isVisible();
        assertThat(page.locator(".masthead")).isVisible();

        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(page.locator(".masthead")).isHidden();
        assertThat(page.getByText("Download CSV")).isHidden();
        assertThat(page.locator("[data-edge=opening]")).isVisible();
    }

    @Test
    void whatIsNoAccountIsToldBesideItsField(Stage stage) {
        Page page = stage.visitor().signedInAs("demo-creator").page();
        page.navigate("/me/earnings");
        openAccountForm(page);
        page.getByLabel("In the name of").fill("Xiaomei");
        page.getByLabel("Account number").fill("12 !");

        press(page.locator("#account"), "Save");

        assertThat(page.getByLabel("Account number")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#payout-account-account-error")).containsText("4 to 64 letters");
    }

    @Test
    void anOperatorSeesWhatTheSalesDidForWhom(Stage stage) throws IOException {
        SoldJar jars = SoldJar.three(stage, "Buckwheat, 1 kg");
        Person operator = Person.signIn(stage.system().origin(), "demo-operator", "operator");
        await().atMost(SOON)
                .untilAsserted(() -> operator.get("/reports/impact")
                        .then()
                        .body("sessions.sessionId", hasItem(jars.sessionId()))
                        .body("byCounty.findAll { it.designated }.county", hasItem("611026")));
        Page page = stage.visitor().signedInAs("demo-operator").page();
        page.navigate("/impact");

        assertThat(page.locator("#totals [data-figure=earners] dd")).not().hasText("0");
        assertThat(page.locator("#totals [data-figure=designated] dd")).not().hasText("0");
        assertThat(page.locator("#totals [data-figure=waived] dd")).not().hasText("CN¥0.00");
        assertThat(page.locator("#by-day canvas")).isVisible();
        page.locator("#by-county").getByText("As a table").click();
        assertThat(page.locator("#by-county [data-row='611026-true']")).containsText("Designated county");
        assertThat(page.locator("#programmes [data-programme=designated-counties]"))
                .containsText("Designated counties");
        assertThat(page.locator("#sessions [data-session]").first()).isVisible();
        assertThat(page.locator("#sessions")).containsText("Buckwheat, 1 kg");
        assertTrue(download(page, page.getByRole(AriaRole.MAIN)).get(0).startsWith("part,day,"));
    }

    @Test
    void whoHasNoPartInItIsToldWhoseThePagesAre(Stage stage) {
        Page page = stage.visitor().signedInAs("lin").page();

        page.navigate("/me/earnings");
        assertThat(page.getByText("This page is for creators and sellers")).isVisible();

        page.navigate("/impact");
        assertThat(page.getByText("This report is for operators")).isVisible();
    }

    /** Whether or not there is one already. */
    private static void giveAnAccount(Page page) {
        openAccountForm(page);
        page.getByLabel("In the name of").fill("Zhashui Mushroom Co-operative");
        page.getByLabel("Account number").fill("6222 0212 3456 7890 123");
        press(page.locator("#account"), "Save");
        assertThat(page.locator("#account")).hasAttribute("data-status", "VERIFIED");
        assertThat(page.locator("#account")).containsText("****0123");
        assertThat(page.locator("#account")).not().containsText("6222");
    }

    private static void openAccountForm(Page page) {
        Locator account = page.locator("#account");
        assertThat(account.locator("form")).isAttached();
        if (account.locator("details").count() > 0) {
            account.getByText("Change").click();
        }
    }

    private static String settle(Stage stage) {
        String settlement = "browser-" + UUID.randomUUID();
        Person.signIn(stage.system().origin(), "staff", "operator")
                .post("/settlements", Map.of("settlementId", settlement))
                .then()
                .statusCode(202);
        return settlement;
    }

    private static void awaitPaid(Person payee, String settlement) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        payee.get("/payouts?settlementId=" + settlement).then().body("items.status", hasItem("PAID")));
    }

    /** The lines of the file that the button gives. */
    private static List<String> download(Page page, Locator within) throws IOException {
        Download file = page.waitForDownload(() -> press(within, "Download CSV"));
        Path kept = Path.of("target", "downloads", UUID.randomUUID() + ".csv");
        file.saveAs(kept);
        return Files.readAllLines(kept);
    }

    private static String yuan(long fen) {
        return "%sCN¥%,d.%02d".formatted(fen < 0 ? "-" : "", Math.abs(fen) / 100, Math.abs(fen) % 100);
    }

    private static void press(Locator within, String button) {
        within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
                .first()
                .click();
    }
}
