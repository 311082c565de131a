package io.livesale.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/**
 * Events to be told to other services, written in the transaction of the change they tell: both happen or neither. A
 * relay sends and deletes them.
 */
@ApplicationScoped
public class Outbox {
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

    /**
     * Writes an event in the caller's transaction. The caller holds the lock of the event's aggregate, so the rows of
     * one key get their ids in the order of the changes.
     */
    public Uni<Void> append(OfferSnapshot offer) {
        OutboxMessage message = new OutboxMessage(
                offer.offerId().toString(),
                offer.eventId(),
                offer.type(),
                offer.at(),
                serialise(offer),
                trace.traceparent());
        return Panache.getSession().chain(session -> session.persist(message));
    }

    /** Wakes the relay; called when the transaction has committed, for before that there is nothing to see. */
    public void committed() {
        filled.fire(new Filled());
    }

    private String serialise(OfferSnapshot offer) {
        try {
            return json.writeValueAsString(offer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of ours is always JSON", e);
        }
    }
}
