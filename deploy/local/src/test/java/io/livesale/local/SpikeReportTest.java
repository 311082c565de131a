package io.livesale.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.local.Press.Viewer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SpikeReportTest {
    private static final SpikeTarget TARGET = new SpikeTarget("hot", "paste", OptionalInt.of(10), OptionalInt.of(2), 3);
    private static final Viewer LIN = new Viewer("lin", "token");

    private final List<Press> presses = new ArrayList<>();

    @Test
    void findsNothingWrongWhenAllAddsUp() {
        reserved("1");
        reserved("2");
        rejected("3");
        refused("SOLD_OUT");

        assertEquals(List.of(), wrong(5));
    }

    @Test
    void missesAnAcceptedOrderWithoutOutcome() {
        reserved("1");
        accepted("2");

        assertEquals(List.of("no accepted order without an outcome (1)"), wrong(4));
    }

    @Test
    void seesAnOrderWithTwoOutcomes() {
        accepted("1").saw(new Outcome("RESERVED", "UNKNOWN", 2, Instant.MAX));

        assertEquals(List.of("no order with more than one outcome (1)"), wrong(4));
    }

    @Test
    void seesAnOrderThatTwoPressesMade() {
        reserved("1");
        rejected("1");

        assertEquals(List.of("2 accepted presses are 1 orders"), wrong(4));
    }

    @Test
    void missesAPressWithoutAnAnswer() {
        reserved("1");
        press();

        assertEquals(List.of("every press was answered (1 not)"), wrong(4));
    }

    @Test
    void seesMoreThanTheLimitWithOneViewer() {
        reserved("1");
        reserved("2");
        reserved("3");

        assertEquals(List.of("nobody holds more than 2 units (at most 3)"), wrong(6));
    }

    @Test
    void seesFiguresThatDifferFromWhatViewersHold() {
        reserved("1");

        assertEquals(
                List.of("the offer's figures moved by 2 units, viewers hold 1, if nobody else bought meanwhile"),
                wrong(5));
    }

    @Test
    void leavesOutReservationsThatRanOut() {
        reserved("1");
        accepted("2").saw(new Outcome("EXPIRED", "UNKNOWN", 1, Instant.EPOCH));

        assertEquals(List.of(), wrong(4));
    }

    private Press press() {
        Press press = new Press(LIN, "key-" + presses.size(), false);
        presses.add(press);
        return press;
    }

    private Press accepted(String order) {
        Press press = press();
        press.accepted(order, "/orders/" + order);
        return press;
    }

    private void reserved(String order) {
        accepted(order).saw(new Outcome("RESERVED", "UNKNOWN", 1, Instant.MAX));
    }

    private void rejected(String order) {
        accepted(order).saw(new Outcome("REJECTED", "SOLD_OUT", 1, null));
    }

    private void refused(String code) {
        press().refused(code, false);
    }

    /** The statements that do not hold when the offer shows so many units taken, with three taken before. */
    private List<String> wrong(long taken) {
        JsonObject availability = JsonObject.of("remaining", 10 - taken, "reserved", taken, "sold", 0L);
        return new SpikeReport(TARGET, 1, presses)
                .checks(0, availability).stream()
                        .filter(check -> !check.holds())
                        .map(SpikeReport.Check::statement)
                        .toList();
    }
}
