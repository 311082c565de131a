package io.livesale.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {
    private final Receipt receipt = new Receipt(
            new LogPosition(3, 1042),
            UUID.randomUUID(),
            2,
            Instant.parse("2026-11-21T12:00:00Z"),
            "key/with/slashes~!");

    @Test
    void survivesItsUrl() {
        assertEquals(Optional.of(receipt), Receipt.decode(receipt.encode()));
    }

    @Test
    void isForItsBuyerOnly() {
        UUID orderId = Receipt.orderId("lin", receipt.idempotencyKey());

        assertTrue(receipt.isFor(orderId, "lin"));
        assertFalse(receipt.isFor(orderId, "wang"));
    }

    @Test
    void keyAndBuyerCannotBeConfused() {
        assertNotEquals(Receipt.orderId("b", "a"), Receipt.orderId("a", "b"));
        assertEquals(5, Receipt.orderId("lin", "a").version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "YS9iL2MvZC9lL2Y", "MS8y", "MS8tMS9h"})
    void whatIsNoReceiptIsRefused(String text) {
        assertEquals(Optional.empty(), Receipt.decode(text));
    }
}
