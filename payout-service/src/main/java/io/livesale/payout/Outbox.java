package io.livesale.payout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;

/**
 * Events to be told to others, written in the transaction of the change they tell: both happen or neither. A relay sends
 * and deletes them.
 */
@ApplicationScoped
public class Outbox {
    private static final String APPEND = """
            INSERT INTO outbox (message_key, event_id, event_type, occurred_at, data, traceparent)
            SELECT *
            FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[])
            """;

    /** There may be rows to send. */
    public record Filled() {}

    private final ObjectMapper json;
    private final CallerTrace trace;
    private final Event<Filled> filled;

    Outbox(ObjectMapper json, CallerTrace trace, Event<Filled> filled) {
        this.json = json;
        this.trace = trace;
        this.filled = filled;
    }

    /** The caller holds the locks of the payouts, so the rows of each get their ids in the order of its changes. */
    Uni<Void> append(SqlConnection connection, List<PayoutEvent> events) {
        String traceparent = trace.traceparent();
        Tuple columns = Columns.of(events)
                .texts(event -> event.payoutId().toString())
                .texts(PayoutEvent::eventId)
                .texts(PayoutEvent::type)
                .times(PayoutEvent::at)
                .texts(this::serialise)
                .texts(event -> traceparent)
                .tuple();
        return connection.preparedQuery(APPEND).execute(columns).replaceWithVoid();
    }

    /** Wakes the relay; called when the transaction has committed, for before that there is nothing to see. */
    public void committed() {
        filled.fire(new Filled());
    }

    private String serialise(PayoutEvent event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of ours is always JSON", e);
        }
    }
}
