package io.livesale.stack;

import io.smallrye.jwt.build.Jwt;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.Use;
import org.jose4j.lang.JoseException;

/** Signs the access tokens (RS256 JWT) that an identity provider would sign in production. */
public final class Tokens {
    public static final String ISSUER = "https://livesale.local";
    public static final String AUDIENCE = "livesale";
    /**
     * The key pair of this JVM's tests; {@link StackResource} gives its public half to the service under test. Short, as
     * with a long one every signature takes tens of milliseconds where the JVM's second compiler is off.
     */
    public static final Tokens FOR_TESTS = new Tokens(newKeyPair(1024));

    private static final Duration LIFETIME = Duration.ofHours(12);

    private final KeyPair keys;
    private final JsonWebKey publicKey;

    public Tokens(KeyPair keys) {
        this.keys = keys;
        this.publicKey = webKey(keys.getPublic());
    }

    /** Known by its thumbprint (RFC 7638). */
    private static JsonWebKey webKey(PublicKey key) {
        try {
            JsonWebKey webKey = JsonWebKey.Factory.newJwk(key);
            webKey.setKeyId(webKey.calculateBase64urlEncodedThumbprint("SHA-256"));
            webKey.setAlgorithm("RS256");
            webKey.setUse(Use.SIGNATURE);
            return webKey;
        } catch (JoseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A new 2048-bit RSA key pair. */
    public static KeyPair newKeyPair() {
        return newKeyPair(2048);
    }

    private static KeyPair newKeyPair(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
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
                .jws()
                .keyId(publicKey.getKeyId())
                .sign(keys.getPrivate());
    }

    /** The public key in base64 DER (X.509), as {@code mp.jwt.verify.publickey} takes it. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** The public key as a JSON Web Key Set (RFC 7517), as an issuer publishes it. */
    public String keySet() {
        return new JsonWebKeySet(publicKey).toJson();
    }

    /** A test token: {@code Tokens.of("lin", "buyer")}. */
    public static String of(String subject, String... roles) {
        return FOR_TESTS.issue(subject, Set.of(roles));
    }
}
