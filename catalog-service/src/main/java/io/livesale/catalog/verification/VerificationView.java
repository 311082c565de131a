package io.livesale.catalog.verification;

import io.livesale.catalog.Creator.Verification;
import io.livesale.catalog.VerificationDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One decision, for the creator it is about and for operators.
 *
 * @param decidedBy the operator's user id; absent from decisions older than their history
 */
record VerificationView(
        Verification status, String reason, @Nullable String decidedBy, Instant at) {
    static VerificationView of(VerificationDecision decision) {
        return new VerificationView(decision.status(), decision.reason(), decision.decidedBy(), decision.decidedAt());
    }
}
