package io.livesale.catalog;

import io.livesale.catalog.Creator.Verification;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an operator decided about a creator; written once and never changed. */
@Entity
@Table(name = "verification_decision")
public class VerificationDecision {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "creator_id")
    private String creatorId;

    @Enumerated(EnumType.STRING)
    private Verification status;

    private String reason;

    @Column(name = "decided_by")
    private @Nullable String decidedBy;

    @Column(name = "decided_at")
    private Instant decidedAt;

    /** For Hibernate. */
    protected VerificationDecision() {}

    VerificationDecision(String creatorId, Verification status, String reason, String decidedBy, Instant decidedAt) {
        this.creatorId = creatorId;
        this.status = status;
        this.reason = reason;
        this.decidedBy = decidedBy;
        this.decidedAt = decidedAt;
    }

    /** Greater is later, among those about one creator. */
    public Long id() {
        return id;
    }

    public String creatorId() {
        return creatorId;
    }

    public Verification status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    /** The operator's user id; unknown for decisions older than their history. */
    public @Nullable String decidedBy() {
        return decidedBy;
    }

    public Instant decidedAt() {
        return decidedAt;
    }
}
