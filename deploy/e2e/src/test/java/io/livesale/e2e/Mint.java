package io.livesale.e2e;

import io.livesale.stack.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens bit by bit, with the key of the system under test: good ones, and those nobody may get in with. */
final class Mint {
    private static final JsonObject RS256 = header("RS256");
    private static final Duration HOUR = Duration.ofHours(1);

    private final PrivateKey key;
    private final String publicKey;
    private final KeyPair foreign = Tokens.newKeyPair();
    private final Instant now = Instant.now();

    /** @param privateKey PEM (PKCS 8), as {@code publicKey} */
    Mint(String privateKey, String publicKey) {
        this.key = privateKey(privateKey);
        this.publicKey = publicKey;
    }

    String token(String subject, String... roles) {
        return signed(RS256, claims(subject, List.of(roles)), key);
    }

    /** What may stand in {@code Authorization} and lets nobody in, by what is wrong with it. */
    Map<String, String> refused(String subject, String role) {
        Map<String, String> refused = new LinkedHashMap<>();
        forged(claims(subject, List.of(role)))
                .forEach((fault, token) -> refused.put("a token that is " + fault, "Bearer " + token));
        refused.put("an empty token", "Bearer");
        refused.put("nonsense", "Bearer non.sen.se");
        refused.put("a password", "Basic " + base64(subject + ":" + role));
        return refused;
    }

    private Map<String, String> forged(JsonObject good) {
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("expired", signed(with(good, "exp", seconds(now.minus(HOUR)))));
        forged.put("not valid yet", signed(with(good, "nbf", seconds(now.plus(HOUR)))));
        forged.put("valid for ever", signed(without(good, "exp")));
        forged.put("of another issuer", signed(with(good, "iss", "https://issuer.example")));
        forged.put("of no issuer", signed(without(good, "iss")));
        forged.put("for another audience", signed(with(good, "aud", "another-shop")));
        forged.put("for no audience", signed(without(good, "aud")));
        forged.put("nobody's", signed(without(good, "sub")));
        forged.put("of a blank name", signed(with(good, "sub", " ")));
        forged.put("signed with another key", signed(RS256, good, foreign.getPrivate()));
        forged.put("signed with the key it brings", signed(RS256.copy().put("jwk", jwk()), good, foreign.getPrivate()));
        forged.put("not signed", content(header("none"), good) + ".");
        forged.put("without its signature", content(RS256, good) + ".");
        forged.put("signed with the public key's text", hashed(good, publicKey.getBytes(StandardCharsets.UTF_8)));
        forged.put("signed with the public key's bytes", hashed(good, bytes(publicKey)));
        forged.put("another's signature", content(RS256, good) + "." + signatureOf(signed(without(good, "jti"))));
        return forged;
    }

    private JsonObject claims(String subject, List<String> roles) {
        return JsonObject.of("iss", Tokens.ISSUER, "aud", Tokens.AUDIENCE, "sub", subject, "upn", subject)
                .put("groups", new JsonArray(roles))
                .put("jti", subject + roles)
                .put("iat", seconds(now.minus(HOUR.multipliedBy(2))))
                .put("exp", seconds(now.plus(HOUR)));
    }

    private JsonObject jwk() {
        RSAPublicKey own = (RSAPublicKey) foreign.getPublic();
        return JsonObject.of("kty", "RSA")
                .put("n", base64(own.getModulus().toByteArray()))
                .put("e", base64(own.getPublicExponent().toByteArray()));
    }

    private String signed(JsonObject claims) {
        return signed(RS256, claims, key);
    }

    private static String signed(JsonObject header, JsonObject claims, PrivateKey key) {
        String content = content(header, claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hashed(JsonObject claims, byte[] secret) {
        String content = content(header("HS256"), claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject header(String algorithm) {
        return JsonObject.of("alg", algorithm, "typ", "JWT");
    }

    private static String content(JsonObject header, JsonObject claims) {
        return base64(header.encode()) + "." + base64(claims.encode());
    }

    private static String signatureOf(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private static JsonObject with(JsonObject claims, String name, Object value) {
        return claims.copy().put(name, value);
    }

    private static JsonObject without(JsonObject claims, String name) {
        JsonObject rest = claims.copy();
        rest.remove(name);
        return rest;
    }

    private static long seconds(Instant time) {
        return time.getEpochSecond();
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static PrivateKey privateKey(String pem) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes(pem)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
