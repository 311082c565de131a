package io.livesale.order;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecurringTest {
    private static final Duration TICK = Duration.ofMillis(5);

    private final Recurring recurring = new Recurring();
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void stop() {
        recurring.stop(new ShutdownEvent());
    }

    @Test
    void goesOnAfterFailuresOfAnyKind() {
        AtomicInteger succeeded = new AtomicInteger();

        every(() -> switch (begun.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("thrown");
            case 2 -> Uni.createFrom().failure(new IllegalStateException("told"));
            case 3 -> throw new AssertionError("an error");
            default -> Uni.createFrom().voidItem().invoke(succeeded::incrementAndGet);
        });

        await().until(() -> succeeded.get() > 2);
    }

    @Test
    void saysNothingOfAMoment() {
        try (LogLines log = new LogLines(Recurring.class)) {
            every(() -> begun.incrementAndGet() <= 3
                    ? Uni.createFrom().failure(new IllegalStateException("not there yet"))
                    : Uni.createFrom().voidItem());

            await().until(() -> begun.get() > 5);

            assertEquals(0, log.count("interrupted") + log.count("going on"));
        }
    }

    @Test
    void tellsAnOutageThatLastsOnceAndItsEnd() {
        AtomicBoolean away = new AtomicBoolean(true);
        try (LogLines log = new LogLines(Recurring.class)) {
            every(() -> away.get()
                    ? Uni.createFrom().failure(new IllegalStateException("away"))
                    : Uni.createFrom().voidItem());

            log.awaitOne("interrupted, tried again");
            away.set(false);

            log.awaitOne("going on");
            assertEquals(1, log.count("interrupted, tried again"));
        }
    }

    @Test
    void neverDoesTwoAtOnce() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        every(() -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            begun.incrementAndGet();
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(TICK.multipliedBy(5))
                    .invoke(atOnce::decrementAndGet);
        });

        await().until(() -> begun.get() > 5);
        assertEquals(1, most.get());
    }

    @Test
    void endsWithTheService() {
        every(() -> Uni.createFrom().voidItem().invoke(begun::incrementAndGet));
        await().until(() -> begun.get() > 2);

        stop();

        int last = begun.get();
        await().during(TICK.multipliedBy(20)).until(() -> begun.get() <= last + 1);
    }

    private void every(Supplier<Uni<Void>> step) {
        recurring.every(TICK, "test", step);
    }
}
