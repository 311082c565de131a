package io.livesale.benchmark;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Tells catalog-service how an offer sells, as order-service does: new figures all the time. */
final class Sales implements AutoCloseable {
    /** More often than any feed is read again. */
    private static final long EVERY_MILLIS = 50;

    private static final int UNITS = 3;

    private final ScheduledExecutorService telling = Executors.newSingleThreadScheduledExecutor();
    private final KafkaProducer<String, byte[]> producer;
    private final UUID offer;
    private volatile long sold;

    /** @param offer with an allotment of {@link ShownSession#ALLOTMENT} */
    Sales(Broker broker, UUID offer) {
        this.producer = broker.producer();
        this.offer = offer;
        telling.scheduleAtFixedRate(this::tell, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tell() {
        Instant now = Instant.now();
        long version = sold / UNITS + 1;
        sold = version * UNITS;
        String data = """
                {"offerId": "%s", "status": "OPEN", "allotment": %d, "remaining": %d, "reserved": 0, "sold": %d,
                 "orders": %d, "gross": %d, "commission": %d, "version": %d, "at": "%s"}
                """.formatted(
                        offer,
                        ShownSession.ALLOTMENT,
                        ShownSession.ALLOTMENT - sold,
                        sold,
                        sold,
                        sold * ShownSession.PRICE,
                        sold * ShownSession.PRICE / 5,
                        version,
                        now);
        producer.send(
                Broker.event("offer-sales.v1", "/order-service", "offer.sales-changed", offer, version, now, data));
    }

    /** Units so far. */
    long sold() {
        return sold;
    }

    @Override
    public void close() {
        telling.shutdownNow();
        producer.close();
    }
}
