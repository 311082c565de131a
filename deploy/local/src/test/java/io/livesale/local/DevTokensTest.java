package io.livesale.local;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevTokensTest {
    @RegisterExtension
    static final LocalGateway GATEWAY =
            new LocalGateway(request -> request.response().setStatusCode(500).end());

    @Test
    void issuesATokenThatThePublicKeyVerifies() throws GeneralSecurityException {
        String token = given().baseUri(GATEWAY.origin)
                .body("{\"subject\": \"lin\", \"roles\": [\"buyer\", \"seller\"]}")
                .when()
                .post("/dev/tokens")
                .then()
                .statusCode(200)
                .extract()
                .path("token");

        String[] parts = token.split("\\.");
        JsonObject claims = new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1])));
        assertEquals("lin", claims.getString("sub"));
        assertEquals(2, claims.getJsonArray("groups", new JsonArray()).size());
        assertTrue(verifies(parts));
    }

    @Test
    void publishesTheKeyThatTheTokenNames() throws JoseException {
        String token = GATEWAY.tokens.issue("lin", Set.of("buyer"));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(token);

        String keys = given().baseUri(GATEWAY.origin)
                .when()
                .get("/dev/keys")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asString();

        signature.setKey(new JsonWebKeySet(keys)
                .findJsonWebKey(signature.getKeyIdHeaderValue(), "RSA", "sig", "RS256")
                .getKey());
        assertTrue(signature.verifySignature());
        assertFalse(keys.contains("\"d\""), "the private half");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"subject\": \"lin\"}",
                "{\"subject\": \" \", \"roles\": [\"buyer\"]}",
                "{\"subject\": 1, \"roles\": [\"buyer\"]}",
                "{\"subject\": \"lin\", \"roles\": \"buyer\"}",
                "{\"subject\": \"lin\", \"roles\": [\"king\"]}",
                "{\"subject\": \"lin\", \"roles\": [1]}",
                "{\"subject\": \"lin\", \"roles\": [null]}",
                "{\"subject\": \"lin\", \"roles\": [\"buyer\"], \"admin\": true}"
            })
    void refusesWhatMakesNoSense(String body) {
        given().baseUri(GATEWAY.origin)
                .body(body)
                .when()
                .post("/dev/tokens")
                .then()
                .statusCode(400)
                .contentType(Problems.MEDIA_TYPE)
                .body("code", equalTo("INVALID_REQUEST"));
    }

    private static boolean verifies(String[] parts) throws GeneralSecurityException {
        byte[] key = Base64.getDecoder().decode(GATEWAY.tokens.publicKey());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key)));
        signature.update((parts[0] + "." + parts[1]).getBytes());
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }
}
