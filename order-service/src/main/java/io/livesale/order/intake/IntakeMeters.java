package io.livesale.order.intake;

import io.livesale.order.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts whom the door lets in and whom it turns away. How long that takes, the HTTP metrics tell. */
@Singleton
class IntakeMeters {
    private static final List<Problem> REFUSALS = List.of(
            Problem.OFFER_UNKNOWN,
            Problem.SOLD_OUT,
            Problem.OFFER_CLOSED,
            Problem.IDEMPOTENCY_KEY_REUSED,
            Problem.TOO_MANY_ORDERS,
            Problem.INTAKE_UNAVAILABLE);

    private final Counter accepted;
    private final Counter shed;
    private final Map<Problem, Counter> turnedAway = new EnumMap<>(Problem.class);

    IntakeMeters(MeterRegistry registry) {
        accepted = Counter.builder("order.intake.accepted")
                .description("Orders that the log has taken")
                .register(registry);
        shed = Counter.builder("order.intake.shed")
                .description("Orders refused unread, because more came at once than can be taken")
                .register(registry);
        REFUSALS.forEach(code -> turnedAway.put(
                code,
                Counter.builder("order.intake.turned.away")
                        .description("Requests that were not let in, by the code they were answered with")
                        .tag("code", code.name())
                        .register(registry)));
    }

    void accepted() {
        accepted.increment();
    }

    /** Turned away before anything was read of it. */
    void shed() {
        shed.increment();
        turnedAway(Problem.INTAKE_UNAVAILABLE);
    }

    void turnedAway(Problem code) {
        Counter counter = turnedAway.get(code);
        if (counter != null) {
            counter.increment();
        }
    }
}
