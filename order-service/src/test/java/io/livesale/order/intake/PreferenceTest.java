package io.livesale.order.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=5|5",
                "wait=10|10",
                "WAIT=2|2",
                "wait=11|10",
                "wait=0|0",
                "respond-async, wait=3|3",
                "wait=\"4\"|4",
                "respond-async; x=1, wait = 7|7",
                "wait=-1|0",
                "wait=abc|0",
                "await=5|0",
                "wait=99999999999999|10",
                "wait=00000000000003|3",
                "''|0"
            })
    void readsHowLongTheCallerWouldWait(String prefer, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), Preference.waitOf(prefer));
    }
}
