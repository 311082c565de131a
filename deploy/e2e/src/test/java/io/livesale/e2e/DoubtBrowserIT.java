package io.livesale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the stream page makes of a dead line, a second thought, another tab, and what others change under the finger. */
@BrowserTest
class DoubtBrowserIT {

    @Test
    void aPressWithoutAnAnswerIsGivenUpAfterAWhile(Stage stage) {
        LiveSession session = stage.session("Tunnel without end");
        String tea = session.sell("Green tea", 20);
        Visitor mei = stage.visitor().signedInAs("mei");
        mei.page().clock().install();
        StreamPage stream = StreamPage.open(mei, session);
        assertThat(stream.buy(tea)).isEnabled();
        mei.setOffline(true);
        stream.buyAndSayWhere(tea);
        assertThat(stream.order()).containsText("No answer yet");

        mei.page().clock().fastForward("11:00");

        assertThat(stream.page().getByText("Stopped.")).isVisible();
        assertThat(stream.intents()).hasCount(0);
    }

    @Test
    void aPressRightAfterAnotherBuysNothing(Stage stage) {
        LiveSession session = stage.session("Hasty");
        String tea = session.sell("Green tea", 20);
        String honey = session.sell("Honey", 20);
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("lin"), session);
        stream.buyAndSayWhere(tea);
        stream.showsOrder("RESERVED");
        assertThat(stream.buy(tea)).isEnabled();

        stream.page()
                .evaluate(
                        "offers => offers.forEach(id => document.querySelector(`[data-offer='${id}'] .buy`).click())",
                        List.of(tea, honey));

        assertThat(stream.buy(honey)).isEnabled();
        assertThat(stream.orders()).hasCount(2);
        assertEquals(0, stage.orders("lin", honey));
    }

    @Test
    void aReservationIsCancelledOnASecondThought(Stage stage) {
        LiveSession session = stage.session("Second thoughts");
        String tea = session.sell("Green tea", 20);
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("bo"), session);
        stream.buyAndSayWhere(tea);
        stream.showsOrder("RESERVED");
        assertThat(stream.offer(tea)).containsText("19 left");

        press(stream.order(), "Cancel order");
        press(stream.order(), "Keep it");
        assertThat(stream.pay()).isVisible();
        press(stream.order(), "Cancel order");
        press(stream.order(), "Yes, cancel it");

        stream.showsOrder("CANCELLED");
        assertThat(stream.order()).containsText("Nothing was charged.");
        assertThat(stream.offer(tea)).containsText("20 left");
    }

    @Test
    void whatIsReservedWhenTheStreamEndsCanStillBePaid(Stage stage) {
        LiveSession session = stage.session("Last minute");
        String tea = session.sell("Green tea", 20);
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("mei"), session);
        stream.buyAndSayWhere(tea);
        stream.showsOrder("RESERVED");

        session.end();
        assertThat(stream.page().locator(".stage").getByText("The stream has ended"))
                .isVisible();
        stream.payAtTheSandbox();

        stream.showsOrder("PAID");
    }

    @Test
    void anotherTabBuysWhileThisOneLooksOn(Stage stage) {
        LiveSession session = stage.session("Two tabs");
        String tea = session.sell("Green tea", 20);
        StreamPage first = StreamPage.open(stage.visitor().signedInAs("lin"), session);
        first.buyAndSayWhere(tea);
        first.showsOrder("RESERVED");
        first.buy(tea).click();
        assertThat(first.page().locator("[data-order][data-status=RESERVED]")).hasCount(2);
        StreamPage second = new StreamPage(first.page().context().newPage());
        second.page().navigate(session.path());
        assertThat(second.orders()).hasCount(2);

        second.buy(tea).click();

        assertThat(second.page().locator("[data-order][data-status=RESERVED]")).hasCount(3);
        assertThat(first.page().locator("[data-order][data-status=RESERVED]")).hasCount(3);
    }

    @Test
    void theKeyboardStaysWithAnOfferThatSellsOut(Stage stage) {
        LiveSession session = stage.session("Gone");
        session.sell("Green tea", 20);
        String last = session.sell("The last jar", 1);
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("lin"), session);
        assertThat(stream.buy(last)).isEnabled();
        stream.buy(last).focus();

        Person.signIn(stage.system().origin(), "faster", "buyer")
                .buy(last, 1, UUID.randomUUID().toString());

        assertThat(stream.offer(last)).containsText("Sold out");
        assertThat(stream.offer(last).locator("h3")).isFocused();
    }

    @Test
    void whoListensIsToldWhatTheCreatorDoes(Stage stage) {
        LiveSession session = stage.session("By ear");
        String tea = session.sell("Green tea", 20);
        StreamPage stream = StreamPage.open(stage.visitor(), session);
        assertThat(stream.offer(tea)).isVisible();
        Locator news = stream.page().getByRole(AriaRole.STATUS);

        session.pin(tea);
        assertThat(news).hasText("Showing now: Green tea, CN¥19.90.");

        session.end();
        assertThat(news).hasText("By ear: Ended.");
    }

    @Test
    void goodsOfACreatorWhoIsNotVerifiedAreNotShown(Stage stage) {
        String origin = stage.system().origin();
        Person creator = Person.signIn(origin, "unknown-creator", "creator");
        creator.put("/creators/me", Map.of("displayName", "Unknown")).then().statusCode(200);
        LiveSession session = LiveSession.start(creator, "Not yet");
        String first = session.schedule("Green tea", 5, Map.of());
        String second = session.schedule("Honey", 5, Map.of());
        session.pin(first);
        StreamPage stream = StreamPage.open(stage.visitor(), session);
        assertThat(stream.page().getByText("Nothing is on offer yet.")).isVisible();
        assertThat(stream.page().locator("[data-offer]")).hasCount(0);

        Person.signIn(origin, "demo-operator", "operator")
                .put("/creators/unknown-creator/verification", Map.of("status", "VERIFIED", "reason", "Papers seen"))
                .then()
                .statusCode(200);
        session.open(first);

        assertThat(stream.page().locator(".pinned")).containsText("Green tea");
        assertThat(stream.offer(second)).containsText("Coming up");
    }

    @Test
    void pricesHaveTheDigitsOfTheirCurrency(Stage stage) {
        LiveSession session = stage.session("Currencies");
        Map<String, String> shown =
                Map.of("JPY", "¥1,990", "KWD", "KWD.1\\.990", "IQD", "IQD.1\\.990", "EUR", "€19\\.90");
        shown.keySet().forEach(currency -> session.sellGift("Rose", Map.of("amount", 1990, "currency", currency)));

        Page page = StreamPage.open(stage.visitor(), session).page();

        shown.forEach((currency, price) ->
                assertThat(page.getByText(Pattern.compile("^" + price + "$"))).isVisible());
    }

    private static void press(Locator within, String button) {
        within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
                .click();
    }
}
