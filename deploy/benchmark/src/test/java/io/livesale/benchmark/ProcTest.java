package io.livesale.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProcTest {
    @Test
    void countsUserAndSystemTimeOfAProcessAndItsBuriedChildren() {
        // given a name with the very signs that end names
        String stat = "42 (post) gres) (x) S 1 42 42 0 -1 4194304 9 9 0 0 150 50 25 75 20 0 1 0 100 1 1";
        // then
        assertEquals(3.0, Proc.cpuSeconds(stat));
    }
}
