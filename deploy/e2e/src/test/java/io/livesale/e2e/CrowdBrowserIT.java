package io.livesale.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What others do, and what the network does, while a viewer looks at the stream page. */
@BrowserTest
class CrowdBrowserIT {

    @Test
    void soldOutIsSeenWhileWatchingAndSoAreUnitsThatComeFree(Stage stage) {
        LiveSession session = stage.session("Sold out");
        String last = session.sell("The last jar", 1);
        session.pin(last);
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("lin"), session);
        assertThat(stream.buy(last)).isVisible();
        assertThat(stream.offer(last)).containsText("Only 1 left");
        Person faster = Person.signIn(stage.system().origin(), "faster", "buyer");

        String order = faster.buy(last, 1, UUID.randomUUID().toString()).path("orderId");

        assertThat(stream.offer(last)).containsText("Sold out");
        assertThat(stream.buy(last)).hasCount(0);

        faster.post("/orders/" + order + "/cancellation").then().statusCode(202);

        assertThat(stream.buy(last)).isVisible();
    }

    @Test
    void ofTwoWhoPressForTheLastUnitTheFirstGetsItAndTheOtherIsTold(Stage stage) throws SQLException {
        LiveSession session = stage.session("Race");
        String last = session.sell("The last jar", 1);
        StreamPage lin = StreamPage.open(stage.visitor().signedInAs("lin"), session);
        StreamPage mei = StreamPage.open(stage.visitor().signedInAs("mei"), session);

        HeldLine.during(stage.system(), () -> {
            lin.buyAndSayWhere(last);
            lin.showsOrder("RECEIVED");
            mei.buyAndSayWhere(last);
            mei.showsOrder("RECEIVED");
        });

        lin.showsOrder("RESERVED");
        mei.showsOrder("REJECTED");
        assertThat(mei.order()).containsText("It was sold out when your turn came. Nothing was charged.");
    }

    @Test
    void aReloadInTheMiddleOfTheLineEndsInTheOutcome(Stage stage) throws SQLException {
        LiveSession session = stage.session("Line");
        String tea = session.sell("Green tea", 20);
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("lin"), session);

        HeldLine.during(stage.system(), () -> {
            stream.buyAndSayWhere(tea);
            stream.showsOrder("RECEIVED");
            stream.page().reload();
            stream.showsOrder("RECEIVED");
            assertThat(stream.order()).containsText(Pattern.compile("ahead of you|You are next"));
        });

        stream.showsOrder("RESERVED");
        assertThat(stream.orders()).hasCount(1);
    }

    @Test
    void aPressThatGotNowhereIsSentAgainAfterAReload(Stage stage) {
        String tea = aPressIsCutShort(stage, "bo", Route::abort);

        assertEquals(1, stage.orders("bo", tea));
    }

    @Test
    void aPressWhoseAnswerWasLostIsOneOrderAfterAReload(Stage stage) {
        String tea = aPressIsCutShort(stage, "mei", order -> {
            order.fetch();
            order.abort();
        });

        assertEquals(1, stage.orders("mei", tea));
    }

    /** Presses buy, reloads the page before there is an answer, and waits for it. */
    private static String aPressIsCutShort(Stage stage, String buyer, Consumer<Route> how) {
        LiveSession session = stage.session("Dead spot");
        String tea = session.sell("Green tea", 20);
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs(buyer), session);
        stream.page().route("**/orders", how);
        stream.buyAndSayWhere(tea);
        assertThat(stream.order()).containsText("No answer yet");

        stream.page().unrouteAll();
        stream.page().reload();

        stream.showsOrder("RESERVED");
        assertThat(stream.intents()).hasCount(0);
        assertThat(stream.orders()).hasCount(1);
        return tea;
    }

    @Test
    void afterALostConnectionThePageCatchesUp(Stage stage) {
        LiveSession session = stage.session("Tunnel");
        String tea = session.sell("Green tea", 20);
        session.pin(tea);
        Visitor lin = stage.visitor().signedInAs("lin");
        StreamPage stream = StreamPage.open(lin, session);
        stream.buyAndSayWhere(tea);
        stream.showsOrder("RESERVED");

        lin.setOffline(true);
        assertThat(stream.page().getByText("Connection lost")).isVisible();
        stream.buy(tea).click();
        assertThat(stream.order()).containsText("No answer yet");
        String honey = session.sell("Honey", 5);
        session.pin(honey);
        lin.setOffline(false);

        assertThat(pinned(stream)).containsText("Honey");
        assertThat(stream.page().getByText("Connection lost")).hasCount(0);
        assertThat(stream.intents()).hasCount(0);
        assertThat(stream.orders()).hasCount(2);
    }

    @Test
    void whatTheCreatorDoesIsSeenAtOnce(Stage stage) {
        LiveSession session = stage.session("Moving on");
        String tea = session.sell("Green tea", 20);
        StreamPage stream = StreamPage.open(stage.visitor().signedInAs("mei"), session);
        assertThat(stream.offer(tea)).hasAttribute("data-status", "OPEN");

        session.pin(tea);
        assertThat(pinned(stream)).containsText("Green tea");

        session.close(tea);
        assertThat(pinned(stream)).not().containsText("Green tea");
        assertThat(stream.offer(tea)).hasAttribute("data-status", "CLOSED");

        session.end();
        assertThat(stream.page().getByText("The stream has ended")).isVisible();
        assertEquals(List.of(), stream.page().locator("button.buy").all());
    }

    private static Locator pinned(StreamPage stream) {
        return stream.page().locator(".pinned");
    }
}
