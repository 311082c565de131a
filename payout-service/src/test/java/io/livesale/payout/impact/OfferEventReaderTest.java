package io.livesale.payout.impact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.Events;
import io.livesale.payout.SaleKind;
import io.livesale.stack.EventContract;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class OfferEventReaderTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:09Z");

    @Inject
    OfferEventReader reader;

    private final ToldOffer offer = new ToldOffer(UUID.randomUUID(), "xiaomei");

    @ParameterizedTest
    @ValueSource(strings = {"offer.opened", "offer.closed"})
    void readsCatalogsExamples(String type) throws UnreadableEvent {
        String example = EventContract.of("catalog-service", type).example();

        OfferFacts facts = facts(type, example);

        assertEquals(SaleKind.PRODUCT, facts.kind());
        assertEquals("creator-lin", facts.creatorId());
        assertEquals(true, facts.countyDesignated());
        assertEquals("611026", facts.creatorCounty());
        assertEquals(false, facts.creatorCountyDesignated());
        assertEquals(Instant.parse("2026-11-21T12:00:00Z"), facts.openedAt());
    }

    @ParameterizedTest
    @CsvSource({"offer.sales-changed, 640, 365", "offer.settled, 600, 405"})
    void readsOrderServicesExamples(String type, long remaining, long orders) throws UnreadableEvent {
        String example = EventContract.of("order-service", type).example();

        OfferFigures figures = figures(type, example);

        assertEquals(remaining, figures.remaining());
        assertEquals(orders, figures.orders());
    }

    @Test
    void testOffersKeepTheProducersContracts() {
        EventContract opened = EventContract.of("catalog-service", "offer.opened");
        EventContract changed = EventContract.of("order-service", "offer.sales-changed");

        assertEquals(List.of(), opened.violations(offer.openedJson()));
        assertEquals(
                List.of(),
                opened.violations(new ToldOffer(UUID.randomUUID(), "lin")
                        .gift()
                        .creatorFromNowhere()
                        .openedJson()));
        assertEquals(List.of(), changed.violations(offer.figuresJson(3, 4, AT)));
        assertEquals(List.of(), changed.violations(offer.figuresJson(null, 4, AT)));
    }

    @Test
    void readsAnOfferOfWhoseCountiesNothingWasTold() throws UnreadableEvent {
        String before = offer.creatorFromNowhere().openedJson().replace("\"countyDesignated\": true,", "");

        OfferFacts facts = facts("offer.opened", before);

        assertEquals(null, facts.countyDesignated());
        assertEquals(null, facts.creatorCounty());
    }

    @Test
    void passesOverTombstonesAndWhatItDoesNotAskFor() throws UnreadableEvent {
        assertTrue(read(ToldOffer.event(ToldOffer.OFFERS, "offer.opened", null)).isEmpty());
        assertTrue(read(ToldOffer.event(ToldOffer.OFFERS, "offer.moved", "not JSON"))
                .isEmpty());
    }

    @Test
    void refusesWhatIsNoEvent() {
        ConsumerRecord<byte[], byte[]> untyped = offer.opened();
        untyped.headers().remove("ce_type");

        assertThrows(UnreadableEvent.class, () -> read(untyped));
        assertThrows(UnreadableEvent.class, () -> read(Events.bare("{}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "offerId"               | "offer"
            "sessionId"             | "session"
            "creatorId"             | "creator"
            "xiaomei"               | ""
            "xiaomei"               | "xiao\\u0000mei"
            "610726"                | "61\\u0000"
            "PRODUCT"               | "SERVICE"
            "kind"                  | "sort"
            "price"                 | "cost"
            "CNY"                   | "RMB"
            true                    | "yes"
            "2026-11-21T12:00:00Z"  | 1795000000
            "2026-11-21             | "+12026-11-21
            "openedAt"              | "opened"
            """)
    void refusesWhatCannotBeAnOffer(String right, String wrong) {
        String json = offer.openedJson().replace(right, wrong);

        assertThrows(UnreadableEvent.class, () -> facts("offer.opened", json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "offerId"       | "offer"
            "remaining": 3  | "remaining": -1
            "remaining": 3  | "remaining": "3"
            "orders": 4     | "orders": -4
            "orders": 4     | "orders": 4.5
            "at"            | "when"
            "2026-11-21     | "21.11.2026
            """)
    void refusesWhatCannotBeFigures(String right, String wrong) {
        String json = offer.figuresJson(3, 4, AT).replace(right, wrong);

        assertThrows(UnreadableEvent.class, () -> figures("offer.sales-changed", json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "7"})
    void refusesWhatIsNoObject(String json) {
        assertThrows(UnreadableEvent.class, () -> facts("offer.opened", json));
    }

    private Optional<OfferFacts> read(ConsumerRecord<byte[], byte[]> event) throws UnreadableEvent {
        return reader.read(event, OfferFacts.TYPES, OfferFacts.class);
    }

    private OfferFacts facts(String type, String json) throws UnreadableEvent {
        return read(ToldOffer.event(ToldOffer.OFFERS, type, json)).orElseThrow();
    }

    private OfferFigures figures(String type, String json) throws UnreadableEvent {
        return reader.read(ToldOffer.event(ToldOffer.SALES, type, json), OfferFigures.TYPES, OfferFigures.class)
                .orElseThrow();
    }
}
