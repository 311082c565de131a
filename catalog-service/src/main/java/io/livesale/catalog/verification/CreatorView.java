package io.livesale.catalog.verification;

import io.livesale.catalog.Creator;
import io.livesale.catalog.Creator.Verification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A creator's profile.
 *
 * @param verificationReason what the operator said; for the creator and operators, never for the public
 * @param history the latest decisions, newest first; only where creators read about themselves
 */
record CreatorView(
        String creatorId,
        String displayName,
        @Nullable String homeCounty,
        Verification verification,
        @Nullable String verificationReason,
        @Nullable List<VerificationView> history) {
    static CreatorView forEveryone(Creator creator) {
        return of(creator, null, null);
    }

    static CreatorView full(Creator creator) {
        return of(creator, creator.verificationReason(), null);
    }

    static CreatorView own(Creator creator, List<VerificationView> history) {
        return of(creator, creator.verificationReason(), history);
    }

    private static CreatorView of(Creator creator, @Nullable String reason, @Nullable List<VerificationView> history) {
        return new CreatorView(
                creator.id(), creator.displayName(), creator.homeCounty(), creator.verification(), reason, history);
    }
}
