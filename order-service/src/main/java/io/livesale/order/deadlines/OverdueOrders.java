package io.livesale.order.deadlines;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.livesale.order.CommandLog;
import io.livesale.order.OrderCommand;
import io.livesale.order.OrderSettings;
import io.livesale.order.Recurring;
import io.livesale.order.Rows;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Looks for orders whose time is over and appends the command that follows. Nothing else here changes an order, so it
 * may run on every replica and repeat itself; to spare the log, one replica looks at a time, and what was appended
 * lately is not appended again while its deciding takes its time.
 */
@Singleton
class OverdueOrders {
    private static final Logger LOG = Logger.getLogger(OverdueOrders.class);
    /** Names the advisory locks of the scans among those of this database. */
    static final int LOCKS = 0x6f766572;
    /** Appends under way at once: fills the producer's batches, and little is logged when the broker is away. */
    private static final int APPENDS = 128;
    /** An order forgotten too soon is appended once more, which changes nothing; 100 bytes each. */
    private static final int REMEMBERED = 200_000;
    /** What is not decided after this long is appended once more, though nothing is known that would lose it. */
    private static final Duration REPEAT_AFTER = Duration.ofMinutes(1);

    private final Pool pool;
    private final CommandLog log;
    private final Recurring recurring;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final OrderSettings.Deadlines settings;
    private final Cache<UUID, Deadline> appended = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(REMEMBERED)
            .expireAfterWrite(REPEAT_AFTER)
            .build();

    OverdueOrders(
            Pool pool,
            CommandLog log,
            Recurring recurring,
            Clock clock,
            MeterRegistry metrics,
            OrderSettings settings) {
        this.pool = pool;
        this.log = log;
        this.recurring = recurring;
        this.clock = clock;
        this.metrics = metrics;
        this.settings = settings.deadlines();
    }

    void start(@Observes Startup startup) {
        for (Deadline deadline : Deadline.values()) {
            recurring.every(settings.check(), "look for overdue orders " + deadline, () -> passAll(deadline));
        }
    }

    private record Overdue(UUID orderId, UUID offerId, Instant dueAt) {
        static final Overdue BEFORE_ALL = new Overdue(new UUID(0, 0), new UUID(0, 0), OrderCommand.FIRST_TIME);

        static Overdue of(Row row) {
            return new Overdue(
                    row.getUUID("order_id"),
                    row.getUUID("offer_id"),
                    row.getOffsetDateTime("due_at").toInstant());
        }
    }

    /** The transaction only carries the lock, which keeps other replicas from looking at what is being appended. */
    Uni<Void> passAll(Deadline deadline) {
        Instant now = clock.instant();
        return pool.withTransaction(connection -> lock(connection, deadline)
                .chain(mine -> mine
                        ? passAll(deadline, now, connection)
                        : Uni.createFrom().voidItem()));
    }

    private static Uni<Boolean> lock(SqlConnection connection, Deadline deadline) {
        return connection
                .preparedQuery("SELECT pg_try_advisory_xact_lock($1, $2)")
                .execute(Tuple.of(LOCKS, deadline.ordinal()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Each page begins after the last of the one before. */
    private Uni<Void> passAll(Deadline deadline, Instant now, SqlConnection connection) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(Overdue.BEFORE_ALL),
                        last -> page(last.get(), deadline, now, connection)
                                .call(page -> append(page, deadline, now))
                                .invoke(page -> page.forEach(last::set)))
                .whilst(page -> page.size() == settings.page())
                .onItem()
                .ignoreAsUni();
    }

    private Uni<List<Overdue>> page(Overdue last, Deadline deadline, Instant now, SqlConnection connection) {
        return connection
                .preparedQuery(deadline.overdue())
                .execute(Tuple.of(
                        now.atOffset(ZoneOffset.UTC),
                        last.dueAt().atOffset(ZoneOffset.UTC),
                        last.orderId(),
                        settings.page()))
                .map(rows -> Rows.all(rows, Overdue::of));
    }

    private Uni<Void> append(List<Overdue> page, Deadline deadline, Instant now) {
        List<Overdue> fresh = page.stream()
                .filter(order -> appended.getIfPresent(order.orderId()) != deadline)
                .toList();
        return Multi.createFrom()
                .iterable(fresh)
                .onItem()
                .transformToUni(order -> log.append(deadline.pass(order.orderId(), order.offerId(), now))
                        .invoke(() -> appended.put(order.orderId(), deadline)))
                .merge(APPENDS)
                .onItem()
                .ignoreAsUni()
                .invoke(() -> note(deadline, fresh.size()));
    }

    private void note(Deadline deadline, int orders) {
        if (orders > 0) {
            LOG.infof("time is over deadline=%s orders=%d", deadline, orders);
            metrics.counter("order.deadlines.passed", "deadline", deadline.name())
                    .increment(orders);
        }
    }
}
