package io.livesale.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void theSameSeedTellsTheSame() {
        assertEquals(Schedule.of(7, "", 2).lines(), Schedule.of(7, "", 2).lines());
        assertNotEquals(Schedule.of(7, "", 1).lines(), Schedule.of(8, "", 1).lines());
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
