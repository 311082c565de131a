package io.livesale.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One event waiting to be sent. */
@Entity
@Table(name = "outbox")
class OutboxMessage {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "message_key")
    private String key;

    @Column(name = "event_id")
    private String eventId;

    @Column(name = "event_type")
    private String eventType;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    private String data;

    private @Nullable String traceparent;

    /** For Hibernate. */
    protected OutboxMessage() {}

    OutboxMessage(
            String key,
            String eventId,
            String eventType,
            Instant occurredAt,
            String data,
            @Nullable String traceparent) {
        this.key = key;
        this.eventId = eventId;
        this.eventType = eventType;
        this.occurredAt = occurredAt;
        this.data = data;
        this.traceparent = traceparent;
    }
}
