package io.livesale.order.intake;

import io.livesale.order.CloudEvent;
import io.livesale.order.EventSender;
import io.livesale.order.Json;
import io.livesale.order.SalesFigures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Offers of whose figures older ones came last: from a writer that was cut off and sent them after its successor. The
 * topic is compacted and would keep just these, so the newest are sent again, the same to the byte.
 */
@Singleton
class StaleFigures {
    private static final Logger LOG = Logger.getLogger(StaleFigures.class);
    /** On a busy offer newer figures follow by themselves, and what was sent again needs time to come back. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** A disorder of many offers is put right in steps. */
    private static final int MOST_AT_ONCE = 100;

    private record Overtaken(SalesFigures newest, long sinceNanos) {
        boolean isDue(long now) {
            return now - sinceNanos >= PATIENCE.toNanos();
        }
    }

    private final Map<UUID, Overtaken> overtaken = new ConcurrentHashMap<>();
    private final EventSender events;
    private final Counter heard;

    StaleFigures(EventSender events, MeterRegistry registry) {
        this.events = events;
        this.heard = Counter.builder("order.offers.stale.figures")
                .description("Figures heard after newer ones of the same offer")
                .register(registry);
    }

    /** Older figures came after these. */
    void heardAfter(SalesFigures newest) {
        heard.increment();
        overtaken.put(newest.offerId(), new Overtaken(newest, System.nanoTime()));
    }

    /** What the topic holds last of this offer is the newest. */
    void heardInTurn(UUID offerId) {
        overtaken.remove(offerId);
    }

    /** Sends again what nobody else has put right. */
    void mend() {
        long now = System.nanoTime();
        List<SalesFigures> due = overtaken.values().stream()
                .filter(offer -> offer.isDue(now))
                .limit(MOST_AT_ONCE)
                .map(Overtaken::newest)
                .toList();
        due.forEach(newest ->
                overtaken.computeIfPresent(newest.offerId(), (id, offer) -> new Overtaken(offer.newest(), now)));
        due.forEach(newest -> LOG.warnf(
                "stale figures came last, sending the newest again offerId=%s version=%d",
                newest.offerId(), newest.version()));
        events.send(due.stream().map(StaleFigures::event).toList())
                .subscribe()
                .with(sent -> {}, failure -> LOG.warnf("figures not sent again reason=%s", failure));
    }

    private static CloudEvent event(SalesFigures figures) {
        String offerId = figures.offerId().toString();
        return new CloudEvent(
                SalesFigures.TOPIC,
                offerId,
                offerId + "." + figures.version(),
                figures.type(),
                figures.at(),
                Json.writeBytes(figures),
                null);
    }
}
