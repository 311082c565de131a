package io.livesale.payout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StrideTest {
    @Test
    void halvesUntilOneStandsAlone() {
        Stride stride = new Stride(5);

        assertTrue(stride.shorten());
        assertEquals(2, stride.length());
        assertTrue(stride.shorten());
        assertEquals(1, stride.length());
        assertFalse(stride.shorten());
        assertEquals(1, stride.length());
    }

    @Test
    void growsAgainToWhereItBegan() {
        Stride stride = new Stride(5);
        stride.shorten();
        stride.shorten();

        stride.lengthen();
        assertEquals(2, stride.length());
        stride.lengthen();
        stride.lengthen();
        assertEquals(5, stride.length());
    }
}
