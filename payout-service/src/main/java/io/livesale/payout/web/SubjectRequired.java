package io.livesale.payout.web;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Owners are users by their {@code sub}: a token without one, or with one that cannot be stored, is nobody's. */
@Singleton
class SubjectRequired implements SecurityIdentityAugmentor {
    private static final int LONGEST_SUBJECT = 128;

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.getPrincipal() instanceof JsonWebToken token && !usable(token.getSubject())) {
            return Uni.createFrom().failure(new AuthenticationFailedException("the token has no usable subject"));
        }
        return Uni.createFrom().item(identity);
    }

    private static boolean usable(String subject) {
        return subject != null
                && !subject.isBlank()
                && subject.length() <= LONGEST_SUBJECT
                && subject.codePoints().allMatch(SubjectRequired::isStorable);
    }

    /** Half of a pair of surrogates is no character: all of them would be stored as the same question mark. */
    private static boolean isStorable(int character) {
        return !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
    }
}
