package io.livesale.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One live stream of one creator: SCHEDULED, then LIVE, then ENDED; it may end without having been live. */
@Entity
@Table(name = "live_session")
public class Session {
    /** Only a LIVE session's offers can open. */
    public enum Status {
        SCHEDULED,
        LIVE,
        ENDED
    }

    @Id
    private UUID id;

    @Column(name = "creator_id")
    private String creatorId;

    private String title;

    @Column(name = "stream_url")
    private @Nullable String streamUrl;

    @Column(name = "starts_at")
    private @Nullable Instant startsAt;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Column(name = "pinned_offer_id")
    private @Nullable UUID pinnedOfferId;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    /** For Hibernate. */
    protected Session() {}

    /** @param startsAt when the creator means to start; nothing happens by itself then */
    public Session(
            UUID id,
            String creatorId,
            String title,
            @Nullable String streamUrl,
            @Nullable Instant startsAt,
            Instant createdAt) {
        this.id = id;
        this.creatorId = creatorId;
        this.title = title;
        this.streamUrl = streamUrl;
        this.startsAt = startsAt;
        this.status = Status.SCHEDULED;
        this.createdAt = createdAt;
    }

    /** Goes live; a session that is live stays as it is, an ended one does not start again. */
    public void start(Instant at) {
        requireNotEnded();
        if (status == Status.SCHEDULED) {
            status = Status.LIVE;
            startedAt = at;
        }
    }

    /** Ends for good and shows nothing large any more. Returns whether it was this call that ended it. */
    public boolean end(Instant at) {
        if (status == Status.ENDED) {
            return false;
        }
        status = Status.ENDED;
        endedAt = at;
        pinnedOfferId = null;
        return true;
    }

    /** Shows one of its offers large; a closed one cannot be bought, so it is refused. */
    public void pin(Offer offer) {
        offer.requireNotClosed();
        pinnedOfferId = offer.id();
    }

    public void unpin() {
        pinnedOfferId = null;
    }

    /** A viewer should not be shown large what can no longer be bought: closing an offer unpins it. */
    public void unpin(UUID closedOfferId) {
        if (closedOfferId.equals(pinnedOfferId)) {
            pinnedOfferId = null;
        }
    }

    public void requireLive() {
        if (status != Status.LIVE) {
            throw Problem.SESSION_NOT_LIVE.because("The session is " + status + ".");
        }
    }

    public void requireNotEnded() {
        if (status == Status.ENDED) {
            throw Problem.SESSION_ENDED.because("The session ended at " + endedAt + ".");
        }
    }

    public UUID id() {
        return id;
    }

    public String creatorId() {
        return creatorId;
    }

    public String title() {
        return title;
    }

    public @Nullable String streamUrl() {
        return streamUrl;
    }

    public @Nullable Instant startsAt() {
        return startsAt;
    }

    public Status status() {
        return status;
    }

    public @Nullable UUID pinnedOfferId() {
        return pinnedOfferId;
    }

    public @Nullable Instant startedAt() {
        return startedAt;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }
}
