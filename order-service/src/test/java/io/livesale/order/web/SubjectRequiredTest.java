package io.livesale.order.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SubjectRequiredTest {
    static Stream<String> usableSubjects() {
        return Stream.of("lin", "auth0|5f7c", "\u6797\ud83d\ude00", "x".repeat(128));
    }

    @ParameterizedTest
    @MethodSource("usableSubjects")
    void takesUsersBySubject(String subject) {
        SecurityIdentity identity = identity(subject);

        assertEquals(identity, augment(identity));
    }

    static Stream<String> unusableSubjects() {
        return Stream.of("", " ", "l\0", "l\u0085", "\ud800", "\ude00\ud83d", "x".repeat(129));
    }

    @ParameterizedTest
    @MethodSource("unusableSubjects")
    void refusesASubjectThatCannotBeStored(String subject) {
        SecurityIdentity identity = identity(subject);

        assertThrows(AuthenticationFailedException.class, () -> augment(identity));
    }

    @Test
    void aTokenWithoutASubjectIsNobodys() {
        SecurityIdentity identity = identity(new JwtClaims());

        assertThrows(AuthenticationFailedException.class, () -> augment(identity));
    }

    private static SecurityIdentity augment(SecurityIdentity identity) {
        return new SubjectRequired().augment(identity, null).await().indefinitely();
    }

    private static SecurityIdentity identity(String subject) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(subject);
        return identity(claims);
    }

    private static SecurityIdentity identity(JwtClaims claims) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new DefaultJWTCallerPrincipal(claims))
                .build();
    }
}
