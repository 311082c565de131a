package io.livesale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Creators run their sale, and operators look after all of them, without ever leaving their desks. */
@BrowserTest
class DeskBrowserIT {

    @Test
    void aCreatorRunsAWholeSale(Stage stage) {
        LiveSession.stock(stage.system().origin(), "Wild honey, 500 g", 8);
        Page desk = stage.visitor().signedInAs("demo-creator").page();
        desk.navigate("/me/sessions");
        desk.getByRole(AriaRole.HEADING, heading("New session")).click();
        desk.getByLabel("Title").fill("Honey evening");
        press(desk, "Make session");
        assertThat(desk.locator("section[data-session]")).hasAttribute("data-status", "SCHEDULED");

        press(desk, "Add a product");
        desk.getByLabel("Part of its title").fill("wild honey");
        press(desk, "Search");
        press(desk, "Choose Wild honey, 500 g");
        desk.getByLabel("Live price").fill("19.90");
        desk.getByLabel("Units to offer").fill("5");
        press(desk.getByRole(AriaRole.DIALOG), "Add a product");
        Locator honey = desk.locator("[data-offer]");
        assertThat(honey).hasAttribute("data-status", "SCHEDULED");

        press(desk, "Go live");
        press(honey, "Open");
        assertThat(honey).hasAttribute("data-status", "OPEN");
        press(honey, "Pin");
        assertThat(honey).containsText("Showing now");

        buyAndPay(stage, honey.getAttribute("data-offer"));
        assertThat(figure(desk, "sold")).hasText("1");
        assertThat(figure(desk, "orders")).hasText("1");
        assertThat(figure(desk, "reserved")).hasText("0");
        assertThat(figure(desk, "remaining")).hasText("4");
        assertThat(figure(desk, "gross")).hasText("CN¥19.90");
        assertThat(figure(desk, "commission")).hasText("CN¥3.98");

        press(honey, "Close offer");
        press(desk, "Close it");
        assertThat(honey).hasAttribute("data-status", "CLOSED");
        press(desk, "End session");
        press(desk, "End it");
        assertThat(desk.locator("section[data-session]")).hasAttribute("data-status", "ENDED");
    }

    @Test
    void anOperatorVerifiesWhoWaits(Stage stage) {
        Person newcomer = Person.signIn(stage.system().origin(), "newcomer", "creator");
        newcomer.put("/creators/me", Map.of("displayName", "Newcomer")).then().statusCode(200);
        Page desk = stage.visitor().signedInAs("demo-operator").page();
        desk.navigate("/admin");
        Locator waiting = desk.locator("#queue [data-creator=newcomer]");

        press(waiting, "Decide");
        desk.getByLabel("Reason").fill("Papers seen");
        press(desk.getByRole(AriaRole.DIALOG), "Verify");

        assertThat(waiting).hasCount(0);
        newcomer.get("/creators/me")
                .then()
                .body("verification", equalTo("VERIFIED"))
                .body("verificationReason", equalTo("Papers seen"));
    }

    @Test
    void anOperatorAddsACounty(Stage stage) {
        Page desk = stage.visitor().signedInAs("demo-operator").page();
        desk.navigate("/admin");

        press(desk, "Add a county");
        desk.getByLabel("Code").fill("522635");
        desk.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Majiang");
        desk.getByLabel("Province").fill("Guizhou");
        desk.getByLabel("Designated county").check();
        press(desk, "Save");

        assertThat(desk.locator("[data-county='522635']")).containsText("Majiang, Guizhou");
    }

    @Test
    void anOperatorSeesWhoseStockDoesNotAddUp(Stage stage) throws SQLException {
        String walnuts = LiveSession.stock(stage.system().origin(), "Walnuts, 1 kg", 8);
        Page desk = stage.visitor().signedInAs("demo-operator").page();
        desk.navigate("/admin");
        Locator stock = desk.locator("#stock");
        assertThat(stock).containsText("Every product’s stock adds up.");

        putOnTheShelf(stage, walnuts, 1);
        try {
            press(desk, "Check again");
            assertThat(stock).containsText("The stock of 1 product does not add up");
            assertThat(stock.locator("[data-product='" + walnuts + "']")).containsText("Walnuts, 1 kg");
        } finally {
            putOnTheShelf(stage, walnuts, -1);
        }

        press(desk, "Check again");
        assertThat(stock).containsText("Every product’s stock adds up.");
    }

    /** Behind the books' back. */
    private static void putOnTheShelf(Stage stage, String product, int units) throws SQLException {
        try (Connection catalog = stage.system().catalog();
                PreparedStatement update =
                        catalog.prepareStatement("UPDATE product SET available = available + ? WHERE id = ?")) {
            update.setInt(1, units);
            update.setObject(2, UUID.fromString(product));
            update.executeUpdate();
        }
    }

    @Test
    void whoHasNoDeskIsToldWhoseItIs(Stage stage) {
        Page desk = stage.visitor().signedInAs("lin").page();

        desk.navigate("/me/sessions");
        assertThat(desk.getByText("This desk is for creators")).isVisible();

        desk.navigate("/admin");
        assertThat(desk.getByText("This desk is for operators")).isVisible();
    }

    private static void buyAndPay(Stage stage, String offer) {
        LiveSession.awaitOnSale(stage.system().origin(), offer);
        Person viewer = Person.signIn(stage.system().origin(), "viewer", "buyer");
        String order = viewer.buy(offer, 1, UUID.randomUUID().toString()).path("orderId");
        viewer.pay(order);
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    private static void press(Locator within, String button) {
        within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
                .click();
    }

    private static Page.GetByRoleOptions heading(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    /** Of the whole session. */
    private static Locator figure(Page desk, String name) {
        return desk.locator("[data-figures=session] [data-figure=" + name + "] dd");
    }
}
