package io.livesale.order.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.intake.Places.Place;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Duration LONGEST_BODY = Duration.ofSeconds(5);

    /** Near the end of what the clock can count, for it may begin anywhere. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);

    private final AtomicInteger late = new AtomicInteger();
    private final Places places = new Places(2, clock::get);

    private Optional<Place> take() {
        return places.take(late::incrementAndGet);
    }

    @Test
    void thereAreSoManyAndNoMore() {
        assertTrue(take().isPresent(), "one is left");
        assertTrue(take().isPresent(), "the last one");

        Optional<Place> oneMore = take();

        assertTrue(oneMore.isEmpty());
        assertEquals(2, places.taken());
    }

    @Test
    void aPlaceThatIsLeftIsFreeOnceHoweverOftenThatIsTold() {
        Place first = take().orElseThrow();
        take();

        first.leave();
        first.leave();

        assertEquals(1, places.taken());
        assertTrue(take().isPresent());
        assertTrue(take().isEmpty());
    }

    @Test
    void manyAtOnceNeverGetMoreThanThereAre() {
        long served = IntStream.range(0, 10_000)
                .parallel()
                .filter(press -> take().isPresent())
                .count();

        assertEquals(2, served);
        assertEquals(2, places.taken());
    }

    @Test
    void whoHoldsAPlaceForTooLongIsToldOnce() {
        take();
        clock.addAndGet(LONGEST_BODY.toNanos());
        places.sweep(LONGEST_BODY);
        assertEquals(0, late.get(), "it may still come");

        clock.addAndGet(1);
        places.sweep(LONGEST_BODY);
        places.sweep(LONGEST_BODY);

        assertEquals(1, late.get());
    }

    @Test
    void whoHasLeftIsNotTold() {
        take().orElseThrow().leave();

        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        places.sweep(LONGEST_BODY);

        assertEquals(0, late.get());
    }
}
