package io.livesale.e2e.faults;

import io.livesale.e2e.Broker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Promise I7: after a fault has ended, the system comes to rest by itself, nothing left undone. */
final class Calm {
    /** Consumer groups, and what each of them reads. */
    static final Map<String, String> GROUPS = Map.of(
            "order-service.decide", "order-commands.v1",
            "order-service.bridge", "offers.v1",
            "payout-service", "orders.v1",
            "payout-service.offers", "offers.v1",
            "payout-service.offer-sales", "offer-sales.v1",
            "catalog-service", "offer-sales.v1");

    /** Time-outs of producers and transactions, a restart, retries with their pauses, and a slow machine. */
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private static final long LOOK_MILLIS = 500;
    /** In a row, that find nothing to do. */
    private static final int LOOKS = 3;

    private final Site site;

    Calm(Site site) {
        this.site = site;
    }

    /** Waits for it; returns what was left undone when that took too long, empty when all is done. */
    Map<String, Long> await() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        int calm = 0;
        Map<String, Long> undone = Map.of();
        while (calm < LOOKS && System.nanoTime() < deadline) {
            undone = undone();
            calm = undone.isEmpty() ? calm + 1 : 0;
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return undone;
    }

    private Map<String, Long> undone() {
        Map<String, Long> undone = new LinkedHashMap<>();
        for (Part part : site.parts()) {
            if (!part.isReady()) {
                undone.put(part.name() + " is not ready", 1L);
            }
        }
        if (!undone.isEmpty()) {
            return undone;
        }
        try (Broker broker = new Broker(site.bootstrapServers())) {
            GROUPS.forEach((group, topic) -> undone.put("lag of " + group, broker.lag(group, topic)));
            count(undone, "refunds that have not arrived", Site.ORDER, """
                    SELECT count(*) FROM refund WHERE status <> 'SUCCEEDED'
                    """);
            // What was taken or delivered by a clock an hour ahead ends as much later; no right clock gives half of
            // that.
            count(undone, "orders with a deadline", Site.ORDER, """
                    SELECT count(*) FROM orders WHERE status IN ('RESERVED', 'DELIVERED')
                       AND coalesce(complete_at, pay_by) < now() + interval '30 minutes'
                    """);
            count(undone, "offers with a deadline", Site.CATALOG, """
                    SELECT count(*) FROM offer WHERE status = 'OPEN' AND closes_at IS NOT NULL
                    """);
            count(undone, "offers to tell", Site.CATALOG, "SELECT count(*) FROM outbox");
            count(undone, "payouts to tell", Site.PAYOUT, "SELECT count(*) FROM outbox");
            count(undone, "payouts under way", Site.PAYOUT, """
                    SELECT count(*) FROM payout WHERE status IN ('PENDING', 'IN_TRANSIT')
                    """);
            count(undone, "settlements under way", Site.PAYOUT, """
                    SELECT count(*) FROM settlement WHERE status <> 'DONE'
                    """);
        } catch (SQLException | RuntimeException e) {
            undone.put("cannot look: " + e, 1L);
        }
        undone.values().removeIf(left -> left == 0);
        return undone;
    }

    private void count(Map<String, Long> undone, String what, String service, String query) throws SQLException {
        undone.put(what, Long.parseLong(Rows.of(site, service, query).get(0)));
    }
}
