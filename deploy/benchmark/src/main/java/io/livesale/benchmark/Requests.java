package io.livesale.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An endless row of orders: the buyers in turn, the offers in turn, and an {@code Idempotency-Key} never used before.
 * Everything but the key's number is laid out beforehand.
 */
final class Requests {
    private static final AtomicInteger ROWS = new AtomicInteger();
    private static final int DIGITS = 12;

    private final byte[] start;
    private final Buyers buyers;
    private final byte[] beforeNumber;
    private final byte[] number = new byte[DIGITS];
    private final byte[][] ends;
    private long count;

    private Requests(String path, Buyers buyers, List<UUID> offers) {
        this.start = ascii("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ");
        this.buyers = buyers;
        this.beforeNumber = ascii("\r\nIdempotency-Key: " + ROWS.incrementAndGet() + "-");
        this.ends = offers.stream().map(Requests::end).toArray(byte[][]::new);
    }

    /** Orders that are to be accepted. */
    static Requests orders(Buyers buyers, List<UUID> offers) {
        return new Requests("/orders", buyers, offers);
    }

    /** The same requests to the endpoint that does nothing with them. */
    static Requests noOps(Buyers buyers, List<UUID> offers) {
        return new Requests("/orders/no-op", buyers, offers);
    }

    private static byte[] end(UUID offer) {
        String body = "{\"offerId\": \"" + offer + "\", \"quantity\": 1}";
        return ascii("\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Writes the next one; for one thread only. */
    void next(ByteBuffer to) {
        int buyer = (int) (count % buyers.count());
        // Every time round, each buyer turns to the next offer.
        int offer = (int) ((count + count / buyers.count()) % ends.length);
        to.put(start).put(buyers.token(buyer)).put(beforeNumber).put(digits(count));
        to.put(ends[offer]);
        count++;
    }

    private byte[] digits(long value) {
        long rest = value;
        for (int i = DIGITS - 1; i >= 0; i--) {
            number[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return number;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
