package io.livesale.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StormTest {
    private static final ToyOrders ORDERS = new ToyOrders();

    @RegisterExtension
    static final LocalGateway GATEWAY = new LocalGateway(ORDERS);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void startAfresh() {
        ORDERS.startAfresh();
    }

    @Test
    void addsUp() {
        assertTrue(storm(100, 50), said());

        assertThat(said(), containsString("reserved          10   orders, 10 units"));
        assertThat(said(), containsString("turned away       90   at the door {SOLD_OUT=90}"));
    }

    @Test
    void countsWhoIsTurnedAwayForPressingTooOftenAsNoError() {
        ORDERS.haveEnoughOf(7);

        assertTrue(storm(100, 50), said());

        assertThat(said(), containsString("TOO_MANY_ORDERS=7"));
    }

    @Test
    void findsTheOrdersWhoseAcceptanceWasLost() {
        ORDERS.loseAnswers(5);

        assertTrue(storm(100, 50), said());

        assertThat(said(), containsString("in doubt"));
        assertThat(said(), containsString("reserved          10"));
    }

    @Test
    void tellsReservationsThatRanOutMeanwhile() {
        ORDERS.letReservationsRunOut();

        assertTrue(storm(100, 50), said());

        assertThat(said(), containsString("ran out           10"));
        assertThat(said(), containsString("figures moved by 0 units, viewers hold 0"));
    }

    private boolean storm(int orders, int buyers) {
        SpikeTarget target = new SpikeTarget("hot", "a toy", OptionalInt.of(ToyOrders.UNITS), OptionalInt.empty(), 0);
        Storm.Options options = new Storm.Options(orders, buyers, 1, 16, 0, 1);
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        try (Storm storm = new Storm(options, GATEWAY.origin, target, out, false)) {
            return storm.run();
        }
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
