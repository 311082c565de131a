package io.livesale.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void isTheMiddleWhateverTheOrderOfTheRounds() {
        // given three rounds, one of them far off
        // when
        Median median = Median.of(900, 12_000, 11_000);
        // then
        assertEquals(new Median(11_000, 900, 12_000), median);
    }

    @Test
    void takesTheLowerOfTwoInTheMiddle() {
        assertEquals(2, Median.of(4, 1, 3, 2).value());
    }

    @Test
    void needsARound() {
        assertThrows(IllegalArgumentException.class, () -> Median.of());
    }

    @Test
    void showsTheRangeOfItsRounds() {
        assertEquals("11,000 (900–12,346)", Median.of(900, 12_345.6, 11_000).text(0));
    }

    @Test
    void warmUpEndsOnlyWhenTheLastThreeAgree() {
        assertFalse(Rounds.agree(List.of(100.0, 100.0)), "two are too few");
        assertTrue(Rounds.agree(List.of(10.0, 95.0, 100.0, 105.0)), "cold rounds before do not matter");
        assertFalse(Rounds.agree(List.of(94.0, 100.0, 105.0)), "11 % apart");
        assertFalse(Rounds.agree(List.of(0.0, 0.0, 0.0)), "nothing done is not warm");
    }
}
