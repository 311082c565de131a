package io.livesale.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A streamer's profile. Its id is the user id of the token. */
@Entity
@Table(name = "creator")
public class Creator {
    /** PENDING until an operator decides; only a VERIFIED creator's offers can open. */
    public enum Verification {
        PENDING,
        VERIFIED,
        REJECTED
    }

    @Id
    private String id;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "home_county")
    private @Nullable String homeCounty;

    @Enumerated(EnumType.STRING)
    private Verification verification;

    @Column(name = "verification_reason")
    private @Nullable String verificationReason;

    @Column(name = "decided_by")
    private @Nullable String decidedBy;

    @Column(name = "decided_at")
    private @Nullable Instant decidedAt;

    @Column(insertable = false, updatable = false)
    private long arrival;

    /** For Hibernate. */
    protected Creator() {}

    /** Changes what viewers read; the operator's decision stands. */
    public void introduce(String displayName, @Nullable String homeCounty) {
        this.displayName = displayName;
        this.homeCounty = homeCounty;
    }

    /**
     * An operator's decision, which a later one may change. Offers that are open stay open.
     *
     * @return what to remember of it; nothing when the same operator only says the same again
     */
    public Optional<VerificationDecision> decide(Verification decision, String reason, String operator, Instant at) {
        if (decision == verification && reason.equals(verificationReason) && operator.equals(decidedBy)) {
            return Optional.empty();
        }
        this.verification = decision;
        this.verificationReason = reason;
        this.decidedBy = operator;
        this.decidedAt = at;
        return Optional.of(new VerificationDecision(id, decision, reason, operator, at));
    }

    public String id() {
        return id;
    }

    public String displayName() {
        return displayName;
    }

    public @Nullable String homeCounty() {
        return homeCounty;
    }

    public Verification verification() {
        return verification;
    }

    /** What the operator said; for the creator and operators only. */
    public @Nullable String verificationReason() {
        return verificationReason;
    }

    /** Greater introduced themselves later. */
    public long arrival() {
        return arrival;
    }
}
