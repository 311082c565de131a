package io.livesale.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.stack.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short schedule in every build; by hand whatever {@code deploy/e2e/faults} is asked for. */
@Order(1)
@Tag("long")
class FaultsIT {
    private static final boolean EVERY_BUILD = !Boolean.getBoolean("faults.all");
    private static final long SEED = Long.getLong("faults.seed", 20_261_122L);
    private static final int MINUTES = Integer.getInteger("faults.minutes", 0);
    private static final String ONLY = System.getProperty("faults.only", "");

    /** All of them once take about an hour, those of every build some two minutes: none is left out. */
    private static final Duration OF_ONE_ROUND = Duration.ofHours(4);
    /** More than any number of minutes holds. */
    private static final int MANY_ROUNDS = 100;

    @Test
    void keepsEveryPromiseThoughThingsBreak() throws Exception {
        Schedule schedule = schedule();

        FaultRun.Result result = FaultRun.run(
                schedule,
                atMost(),
                Path.of("..", "..").toAbsolutePath().normalize(),
                Path.of("target", "faults", SEED + "-" + System.currentTimeMillis())
                        .toAbsolutePath(),
                FreePort.firstOfTen(),
                System.out);

        List<Sabotage> sabotage = schedule.sabotage();
        if (sabotage.size() == schedule.strikes().size()) {
            assertEquals(List.of(), unnoticed(sabotage, result.broken()), "seed " + SEED);
        } else {
            assertEquals(List.of(), result.broken(), "seed " + SEED);
        }
        if (MINUTES == 0) {
            assertEquals(schedule.strikes().size(), result.fired().size(), "seed " + SEED);
        }
    }

    /** Where every mistake is put in on purpose, it is the checks that are checked. */
    private static List<Sabotage> unnoticed(List<Sabotage> sabotage, List<String> broken) {
        return sabotage.stream()
                .filter(mistake -> broken.stream().noneMatch(promise -> promise.contains(mistake.breaks() + ": ")))
                .toList();
    }

    private static Schedule schedule() {
        return EVERY_BUILD ? Schedule.ofEveryBuild(SEED) : Schedule.of(SEED, ONLY, MINUTES == 0 ? 1 : MANY_ROUNDS);
    }

    private static Duration atMost() {
        return MINUTES == 0 ? OF_ONE_ROUND : Duration.ofMinutes(MINUTES);
    }
}
