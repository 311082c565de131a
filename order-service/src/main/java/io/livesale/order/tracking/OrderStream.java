package io.livesale.order.tracking;

import io.livesale.order.Json;
import io.livesale.order.OrderSettings;
import io.livesale.order.OrderView;
import io.livesale.order.Receipt;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * One client's view of one order: its state first, and again whenever it has changed, until it is final. News only say
 * that something happened; what the order is then, the database tells. Works on its request's event loop alone.
 */
final class OrderStream {
    private static final Duration DISMISSED_FOR = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(OrderStream.class);

    private final UUID orderId;
    private final EventStream client;
    private final SharedLookup lookup;
    private final Backlog backlog;
    private final OrderSettings.Tracking settings;
    private final Executor eventLoop;
    private final Runnable end;

    private final long openedAt = System.nanoTime();
    private long lastHeartbeat = openedAt;
    private Sighting shown;

    /** @param end is run when the client has seen all there is, or is sent to come back */
    OrderStream(
            Sighting first,
            EventStream client,
            SharedLookup lookup,
            Backlog backlog,
            OrderSettings.Tracking settings,
            Executor eventLoop,
            Runnable end) {
        this.orderId = first.order().orderId();
        this.shown = first;
        this.client = client;
        this.lookup = lookup;
        this.backlog = backlog;
        this.settings = settings;
        this.eventLoop = eventLoop;
        this.end = end;
    }

    /** Something may have happened since the first look; what is in the log is watched by its place there. */
    void begin() {
        client.begin();
        show(shown);
        if (shown.receipt().isEmpty() && !shown.order().status().isFinal()) {
            look();
        }
    }

    /** Something happened to the order. */
    void told() {
        look();
    }

    /** Makes room for another stream. The client may come back later, not at once, for then it would push out another. */
    void dismiss() {
        eventLoop.execute(() -> {
            client.comeBackAfter(DISMISSED_FOR);
            end.run();
        });
    }

    /** Ends it before its time. */
    void finish() {
        eventLoop.execute(end);
    }

    /** To be called about once a second. */
    void tick() {
        eventLoop.execute(() -> {
            if (client.isStalled()) {
                LOG.debugf("client does not read, dropped orderId=%s", orderId);
                client.drop();
            } else if (hasPassed(settings.longestStream(), openedAt)) {
                end.run();
            } else {
                shown.receipt().ifPresent(this::waitInLine);
                showLife();
            }
        });
    }

    private void waitInLine(Receipt receipt) {
        long ahead = backlog.ahead(receipt.position());
        if (backlog.isDecided(receipt.position())) {
            look();
        } else if (ahead != Objects.requireNonNull(shown.order().queue()).ahead()) {
            show(Sighting.inLog(OrderView.received(orderId, receipt, ahead), receipt));
        }
    }

    /** News that got lost are found out now at the latest. */
    private void showLife() {
        if (hasPassed(settings.heartbeat(), lastHeartbeat)) {
            lastHeartbeat = System.nanoTime();
            client.heartbeat();
            look();
        }
    }

    private static boolean hasPassed(Duration duration, long since) {
        return System.nanoTime() - since >= duration.toNanos();
    }

    private void look() {
        lookup.find(orderId)
                .emitOn(eventLoop)
                .subscribe()
                .with(
                        found -> found.filter(this::isNews)
                                .map(Sighting::decided)
                                .ifPresent(this::show),
                        failure -> LOG.debugf("order not looked up reason=%s", failure));
    }

    private boolean isNews(OrderView order) {
        return age(order) > age(shown.order());
    }

    private void show(Sighting now) {
        shown = now;
        OrderView order = now.order();
        client.send("order", age(order), Json.write(order));
        if (order.status().isFinal()) {
            end.run();
        }
    }

    /** Grows with everything that happens to the order, as its timeline does. */
    static int age(OrderView order) {
        return order.timeline().size();
    }
}
