package io.livesale.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void theSameSeedTellsTheSame() {
        assertEquals(Schedule.of(7, "", 2).lines(), Schedule.of(7, "", 2).lines());
        assertNotEquals(Schedule.of(7, "", 1).lines(), Schedule.of(8, "", 1).lines());
    }

    /** On every machine, and in every version of these tests that has these faults. */
    @Test
    void aSeedTellsWhatItAlwaysTold() {
        assertEquals(
                List.of(
                        "kill:kafka after PT1.649S with -5383181422176253347",
                        "zombie:order-service after PT1.2S with -873338095399301399",
                        "repeats:order-commands.v1 after PT2.911S with -2768614539681141252",
                        "kill:postgresql after PT2.961S with -5779590684256080106",
                        "failpoint:payout.after-recording-before-conclusion after PT0.279S with -6611035329062026007",
                        "failpoint:order.after-commit-before-send after PT2.883S with -4758021435777705988",
                        "poison:order-commands.v1 after PT1.004S with 8724841566003434993",
                        "cut-after-commit:order-service after PT0.576S with -7391070378930189258"),
                Schedule.ofEveryBuild(7).lines());
    }

    @Test
    void everyBuildKnowsAllItsFaults() {
        assertEquals(
                Schedule.EVERY_BUILD,
                Schedule.ofEveryBuild(7).strikes().stream()
                        .map(strike -> strike.fault().name())
                        .collect(Collectors.toSet()));
    }

    @Test
    void noTwoFaultsHaveOneName() {
        Set<String> names = Schedule.all().stream().map(Fault::name).collect(Collectors.toSet());

        assertEquals(Schedule.all().size(), names.size());
    }

    @Test
    void refusesANameThatNoFaultHas() {
        assertThrows(IllegalArgumentException.class, () -> Schedule.of(7, "earthquake", 1));
    }
}
