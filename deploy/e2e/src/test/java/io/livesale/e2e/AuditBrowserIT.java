package io.livesale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Operators look up who did what, and nobody else. */
@BrowserTest
class AuditBrowserIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** Entries that are shown at once. */
    private static final int SHOWN = 20;

    private final String auditor = "auditor-" + UUID.randomUUID();
    private final String programme = "audited-" + UUID.randomUUID();

    @Test
    void anOperatorFindsWhoSetAFeeProgrammeToWhatAndWhatItWasBefore(Stage stage) {
        for (int basisPoints = 0; basisPoints <= SHOWN; basisPoints++) {
            setFee(stage, basisPoints);
        }
        Page page = stage.visitor().signedInAs("demo-operator").page();
        page.navigate("/impact");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit log"))
                .click();
        Locator entries = page.locator("[data-entry]");
        assertThat(entries.first()).isVisible();

        page.getByLabel("Who").fill(auditor);
        page.getByLabel("What").selectOption("FEE_PROGRAMME_SET");
        press(page, "Search");

        assertThat(page).hasURL(Pattern.compile("\\?actor=" + auditor));
        assertThat(entries).hasCount(SHOWN);
        assertThat(entries.first()).containsText("Fee programme set");
        assertThat(entries.first()).containsText("by " + auditor);
        assertThat(entries.first()).containsText("about " + programme);
        assertThat(entries.first()).containsText("feeBasisPoints=" + SHOWN + " ");

        press(page, "Show more");
        assertThat(entries).hasCount(SHOWN + 1);
        assertThat(entries.last()).containsText("feeBasisPoints=0 ");
        assertThat(page.getByText("Show more")).hasCount(0);

        page.reload();
        page.getByLabel("What").selectOption("PAYOUT_HELD");
        press(page, "Search");
        assertThat(page.getByText("There is no such entry.")).isVisible();
        assertThat(page.getByLabel("Who")).hasValue(auditor);
    }

    @Test
    void anEntryLeadsToAllOfThePersonAndTellsARefundAsPeopleDo(Stage stage) {
        String order = refunded(stage);
        Page page = stage.visitor().signedInAs("demo-operator").page();
        page.navigate("/impact/audit?subject=" + order);
        Locator entries = page.locator("[data-entry]");
        assertThat(entries).hasCount(1);
        assertThat(entries).containsText("Order refunded");
        assertThat(entries).containsText("audited-refund: CN¥19.90");

        page.getByText("by demo-cooperative").click();

        assertThat(page.getByLabel("Who")).hasValue("demo-cooperative");
        assertThat(page.getByLabel("About")).hasValue("");
        assertThat(entries.first()).containsText("about " + order);
    }

    @Test
    void whoeverIsCutOffOrAsksForWhatIsNotThereIsToldSo(Stage stage) {
        Visitor visitor = stage.visitor().signedInAs("demo-operator");
        Page page = visitor.page();
        page.navigate("/impact/audit?action=HUMMED");
        assertThat(page.getByText("Something in it is not right")).isVisible();

        visitor.setOffline(true);
        press(page, "Search");
        assertThat(page.getByText("No connection.")).isVisible();

        visitor.setOffline(false);
        press(page, "Try again");
        assertThat(page.locator("[data-entry]").first()).isVisible();
    }

    @Test
    void whoIsNoOperatorIsToldWhoseItIs(Stage stage) {
        Page page = stage.visitor().signedInAs("demo-cooperative").page();

        page.navigate("/impact/audit");

        assertThat(page.getByText("The audit log is for operators")).isVisible();
    }

    private void setFee(Stage stage, int basisPoints) {
        Map<String, Object> terms = Map.of(
                "name", "Audited",
                "counties", List.of("611026"),
                "feeBasisPoints", basisPoints,
                "from", "2001-01-01T00:00:00Z",
                "to", "2002-01-01T00:00:00Z");
        Person.signIn(stage.system().origin(), auditor, "operator")
                .put("/fee-programmes/" + programme, terms)
                .then()
                .statusCode(200);
    }

    /** An order of which the seller gave something back, once the log tells it. */
    private static String refunded(Stage stage) {
        SoldJar jars = SoldJar.three(stage, "Jar with a crack");
        Map<String, Object> jar = Map.of("amount", 1990, "currency", "CNY");
        jars.seller()
                .post(
                        "/orders/" + jars.orderId() + "/refunds",
                        Map.of("refundId", "audited-refund", "amount", jar, "reason", "cracked", "restock", false))
                .then()
                .statusCode(202);
        Person operator = Person.signIn(stage.system().origin(), "staff", "operator");
        await().atMost(SOON)
                .untilAsserted(() ->
                        operator.get("/audit?subject=" + jars.orderId()).then().body("items", hasSize(1)));
        return jars.orderId();
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }
}
