package io.livesale.order.intake;

import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.press;
import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderCommand.CancelOrder;
import io.livesale.order.OrderCommand.ExpireOrder;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.SalesFigures;
import io.livesale.order.Terms;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@OrderServiceTest
class OfferBoardTest {
    @Inject
    Market market;

    @Inject
    OfferBoard board;

    @Test
    void allWhoWaitForAnOfferAreToldOnceItsFiguresCome() {
        OfferTerms offer = Terms.of(1, null);
        List<CompletableFuture<Optional<SalesFigures>>> crowd = Stream.generate(
                        () -> heard(offer.offerId(), Duration.ofMinutes(1)))
                .limit(100)
                .toList();
        assertTrue(board.isAwaited());

        market.open(offer);

        crowd.forEach(one -> assertEquals(
                offer.offerId(), one.orTimeout(5, SECONDS).join().orElseThrow().offerId()));
        await().until(() -> !board.isAwaited());
    }

    @Test
    void whoeverWaitsForAnOfferThatNeverOpensIsToldSoAndForgotten() {
        CompletableFuture<Optional<SalesFigures>> one = heard(UUID.randomUUID(), Duration.ofMillis(100));
        CompletableFuture<Optional<SalesFigures>> other = heard(UUID.randomUUID(), Duration.ZERO);

        assertEquals(Optional.empty(), one.orTimeout(5, SECONDS).join());
        assertEquals(Optional.empty(), other.orTimeout(5, SECONDS).join());
        await().until(() -> !board.isAwaited());
    }

    private CompletableFuture<Optional<SalesFigures>> heard(UUID offerId, Duration atMost) {
        return board.await(offerId, atMost).subscribeAsCompletionStage();
    }

    @Test
    void theDoorOpensAgainSoonAfterAReservationIsCancelled() {
        OfferTerms offer = market.open(Terms.of(1, null));
        UUID order = sellOut(offer);

        market.append(new CancelOrder(order, offer.offerId(), now()));

        assertDoorOpensWithinASecond(offer);
    }

    @Test
    void theDoorOpensAgainSoonAfterAReservationExpires() {
        OfferTerms offer = market.open(Terms.of(1, null));
        UUID order = sellOut(offer);

        market.append(new ExpireOrder(order, offer.offerId(), now().plus(Duration.ofDays(1))));

        assertDoorOpensWithinASecond(offer);
    }

    @Test
    void sendsTheNewestFiguresAgainWhenOlderOnesCameLast() {
        OfferTerms offer = market.open(Terms.of(5, null));
        buy("lin", UUID.randomUUID().toString(), offer, 2).then().statusCode(200);
        await().until(() -> figures(offer).size() == 2);
        ConsumerRecord<String, byte[]> opening = figures(offer).get(0);
        ConsumerRecord<String, byte[]> newest = figures(offer).get(1);

        market.send(new ProducerRecord<>(
                opening.topic(), opening.partition(), opening.key(), opening.value(), opening.headers()));

        await().untilAsserted(() -> assertEquals(4, figures(offer).size()));
        ConsumerRecord<String, byte[]> last = figures(offer).get(3);
        assertArrayEquals(newest.value(), last.value());
        assertEquals(headers(newest), headers(last));
        given().get("/availability/" + offer.offerId()).then().body("remaining", equalTo(3));
        given().get("/q/metrics").then().body(containsString("order_offers_stale_figures_total"));
    }

    @Test
    void leavesOlderFiguresAloneThatNewerOnesFollow() {
        OfferTerms offer = market.open(Terms.of(5, null));
        buy("lin", UUID.randomUUID().toString(), offer, 1).then().statusCode(200);
        await().until(() -> figures(offer).size() == 2);
        ConsumerRecord<String, byte[]> opening = figures(offer).get(0);
        market.send(new ProducerRecord<>(opening.topic(), null, opening.key(), opening.value(), opening.headers()));

        buy("wang", UUID.randomUUID().toString(), offer, 1).then().statusCode(200);

        await().pollDelay(Duration.ofSeconds(3))
                .untilAsserted(() -> assertEquals(4, figures(offer).size()));
    }

    private UUID sellOut(OfferTerms offer) {
        String order = buy("lin", UUID.randomUUID().toString(), offer, 1).path("orderId");
        await().untilAsserted(() -> press("wang", UUID.randomUUID().toString(), offer, 1)
                .then()
                .statusCode(409)
                .body("code", equalTo("SOLD_OUT")));
        return UUID.fromString(order);
    }

    private static void assertDoorOpensWithinASecond(OfferTerms offer) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> press("wang", UUID.randomUUID().toString(), offer, 1)
                        .then()
                        .statusCode(202));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private List<ConsumerRecord<String, byte[]>> figures(OfferTerms offer) {
        return market.records(SalesFigures.TOPIC, offer.offerId());
    }

    private static List<String> headers(ConsumerRecord<String, byte[]> entry) {
        return Stream.of(entry.headers().toArray())
                .map(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
