package io.livesale.order.bridging;

import static io.livesale.order.Market.buy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.CloudEvent;
import io.livesale.order.Json;
import io.livesale.order.Market;
import io.livesale.order.Money;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Terms;
import io.livesale.stack.EventContract;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OrderServiceTest
class OfferBridgeTest {
    @Inject
    Market market;

    @Test
    void anOfferOpenedTwiceSellsItsAllotmentOnce() {
        OfferTerms offer = market.open(Terms.of(1, null));
        buy("lin", UUID.randomUUID().toString(), offer, 1);

        market.open(offer);

        buy("wang", UUID.randomUUID().toString(), offer, 1)
                .then()
                .statusCode(409)
                .body("code", equalTo("SOLD_OUT"));
    }

    @Test
    void carriesOnAfterWhatItCannotRead() {
        UUID unreadable = UUID.randomUUID();
        market.send(offers(unreadable, "offer.opened", "{\"offerId\": 7}"));
        market.send(offers(unreadable, "offer.opened", null));
        market.send(offers(unreadable, "offer.renamed", "{}"));
        OfferTerms offer = market.open(Terms.of(1, null));

        buy("lin", UUID.randomUUID().toString(), offer, 1).then().statusCode(200);

        await().untilAsserted(() -> assertEquals(
                2, market.records("offers.v1.dead-letters", unreadable).size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"offer.opened", "offer.closed"})
    void readsWhatCatalogPromises(String type) {
        OfferTerms terms = Json.read(EventContract.of("catalog-service", type).example(), OfferTerms.class);

        assertEquals(
                new OfferTerms(
                        UUID.fromString("01938f4e-7c1a-7b7e-9c55-3f0c9a6c1d01"),
                        UUID.fromString("01938f4e-5b20-7c3d-8a11-2b6f0e4d7a02"),
                        "creator-lin",
                        OfferTerms.Kind.PRODUCT,
                        UUID.fromString("01938f4d-0a4e-7f01-b5d2-6c1e9f3a8b03"),
                        "seller-qinba",
                        "610726",
                        new Money(1990, Terms.CNY),
                        1000,
                        2,
                        2000,
                        OfferTerms.SettlementProfile.STANDARD,
                        Instant.parse("2026-11-21T14:00:00Z")),
                terms);
    }

    private static ProducerRecord<String, byte[]> offers(UUID key, String type, String json) {
        byte[] value = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                "offers.v1", null, key.toString(), value, List.of(CloudEvent.header("ce_type", type)));
    }
}
