package io.livesale.stack;

import io.smallrye.jwt.build.Jwt;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/** Signs the access tokens (RS256 JWT) that an identity provider would sign in production. */
public final class Tokens {
    public static final String ISSUER = "https://livesale.local";
    public static final String AUDIENCE = "livesale";
    /** The key pair of this JVM's tests; {@link StackResource} gives its public half to the service under test. */
    public static final Tokens FOR_TESTS = new Tokens(newKeyPair());

    private static final Duration LIFETIME = Duration.ofHours(12);

    private final KeyPair keys;

    public Tokens(KeyPair keys) {
        this.keys = keys;
    }

    /** A new 2048-bit RSA key pair. */
    public static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A token for one person, valid for twelve hours.
     *
     * @param subject the user id
     * @param roles of buyer, creator, seller, operator
     */
    public String issue(String subject, Set<String> roles) {
        return Jwt.issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .upn(subject)
                .groups(roles)
                .expiresIn(LIFETIME)
                .sign(keys.getPrivate());
    }

    /** The public key in base64 DER (X.509), as {@code mp.jwt.verify.publickey} takes it. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** A test token: {@code Tokens.of("lin", "buyer")}. */
    public static String of(String subject, String... roles) {
        return FOR_TESTS.issue(subject, Set.of(roles));
    }
}
