package io.livesale.payout.publishing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.eclipse.microprofile.reactive.messaging.OnOverflow.Strategy;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One round of the relay: sends a batch and deletes it once the broker has confirmed it.
 *
 * <p>It never remembers a position. Ids are drawn before transactions commit, so a row may appear below one that has
 * been sent already; a reader of {@code id > last} would skip it for good. Here whatever is in the table is still to be
 * sent, and only what was confirmed leaves it.
 *
 * <p>A batch holds at most one row per key, the oldest: the next one goes when that one is confirmed and deleted. So a
 * key's events keep their order whatever is retried. A crash between confirmation and commit sends a row again, with
 * the same {@code ce_id}.
 */
@ApplicationScoped
class OutboxRound {
    private static final Logger LOG = Logger.getLogger(OutboxRound.class);
    /** Names the relay's advisory lock among those of this database. */
    private static final long LOCK = 0x6f7574626f78L;

    private final Pool pool;
    private final MutinyEmitter<String> topic;
    private final OutboxSettings settings;
    private final Counter sent;

    OutboxRound(
            Pool pool,
            @Channel("payouts") @OnOverflow(value = Strategy.BUFFER, bufferSize = OutboxSettings.LARGEST_BATCH)
                    MutinyEmitter<String> topic,
            OutboxSettings settings,
            MeterRegistry metrics) {
        this.pool = pool;
        this.topic = topic;
        this.settings = settings;
        this.sent = metrics.counter("payout.outbox.sent");
    }

    private record Waiting(
            long id,
            String key,
            String eventId,
            String type,
            OffsetDateTime at,
            String data,
            @Nullable String traceparent) {
        static Waiting of(Row row) {
            return new Waiting(
                    row.getLong("id"),
                    row.getString("message_key"),
                    row.getString("event_id"),
                    row.getString("event_type"),
                    row.getOffsetDateTime("occurred_at"),
                    row.getString("data"),
                    row.getString("traceparent"));
        }
    }

    /** Sends a batch. Returns how many rows it sent: 0 when there are none, or when another replica is at it. */
    Uni<Integer> send() {
        return pool.withTransaction(connection -> lock(connection)
                .chain(mine ->
                        mine ? oldestOfEachKey(connection) : Uni.createFrom().item(List.<Waiting>of()))
                .call(this::publish)
                .call(batch -> delete(connection, batch))
                .map(List::size));
    }

    /** While it has the lock it may idle longer than others: the broker, where it is away, is given up within 25 s. */
    private static Uni<Boolean> lock(SqlConnection connection) {
        return connection
                .preparedQuery("""
                        SELECT pg_try_advisory_xact_lock($1),
                               set_config('idle_in_transaction_session_timeout', '30s', true)
                        """)
                .execute(Tuple.of(LOCK))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private Uni<List<Waiting>> oldestOfEachKey(SqlConnection connection) {
        return connection
                .preparedQuery("""
                        SELECT id, message_key, event_id, event_type, occurred_at, data, traceparent
                        FROM outbox AS candidate
                        WHERE NOT EXISTS (
                            SELECT 1
                            FROM outbox AS older
                            WHERE older.message_key = candidate.message_key
                            AND older.id < candidate.id
                        )
                        ORDER BY id
                        LIMIT $1
                        """)
                .execute(Tuple.of(settings.batch()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Waiting::of)
                        .toList());
    }

    private Uni<Void> publish(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.join()
                .all(batch.stream().map(row -> topic.sendMessage(message(row))).toList())
                .andCollectFailures()
                .replaceWithVoid();
    }

    private Uni<Void> delete(SqlConnection connection, List<Waiting> batch) {
        if (batch.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery("DELETE FROM outbox WHERE id = ANY($1)")
                .execute(Tuple.of(batch.stream().map(Waiting::id).toArray(Long[]::new)))
                .invoke(() -> sent.increment(batch.size()))
                .invoke(() -> LOG.infof("events sent topic=payouts.v1 events=%d", batch.size()))
                .replaceWithVoid();
    }

    /** CloudEvents 1.0, binary mode. */
    private static Message<String> message(Waiting row) {
        Headers headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", row.eventId());
        add(headers, "ce_type", row.type());
        add(headers, "ce_source", "/payout-service");
        add(headers, "ce_time", DateTimeFormatter.ISO_INSTANT.format(row.at()));
        add(headers, "ce_subject", row.key());
        add(headers, "content-type", "application/json");
        if (row.traceparent() != null) {
            add(headers, "traceparent", row.traceparent());
        }
        return Message.of(row.data())
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(row.key())
                        .withHeaders(headers)
                        .build());
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
