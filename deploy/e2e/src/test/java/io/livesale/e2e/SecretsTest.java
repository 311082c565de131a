package io.livesale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret is in the repository, and no setting of a service has one as its default. */
class SecretsTest {
    @Test
    void noneIsInTheRepository() throws IOException, InterruptedException {
        List<String> files = RepositoryFiles.all();
        List<String> found = new ArrayList<>();

        for (String file : files) {
            found.addAll(secretsOf(file));
        }

        assertTrue(files.contains("order-service/src/main/resources/application.properties"));
        assertEquals(List.of(), found, "a key to be thrown away is base64 of words, see Secrets");
    }

    /** Made of halves, or this file would be what it looks for. */
    static Stream<String> planted() {
        String random = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ";
        return Stream.of(
                "-----BEGIN RSA " + "PRIVATE KEY-----",
                "curl -H 'Authorization: Bearer eyJhbGciOiJSUzI1NiJ9" + ".eyJzdWIiOiJsaW4ifQ.c2ln'",
                "postgresql://orders:" + "jasmine@database/orders",
                "AWS_ACCESS_KEY_ID=AKIA" + "IOSFODNN7EXAMPLE",
                "AIza" + random + "abc",
                "ghp_" + random,
                "sk_live_" + random,
                "ORDER_PAYMENT_WEBHOOK_SECRETS=whsec_" + random,
                "Map.entry(\"PAYOUT_ACCOUNT_KEYS\", \"2026:" + random + "=\")",
                "client-secret: " + random,
                "{\"token\": \"" + random + "\"}",
                "<password>" + random + "</password>");
    }

    @ParameterizedTest
    @MethodSource("planted")
    void aSecretIsFound(String line) {
        assertFalse(Secrets.in("README.md", line).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quarkus.datasource.password=jasmine",
                "%prod.payout.account-keys=2026:x",
                "order.payment.webhook-secrets=${ORDER_SECRETS:none}"
            })
    void aDefaultIsFound(String line) {
        assertFalse(Secrets.in("application.properties", line).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application.properties|quarkus.flyway.password=${quarkus.datasource.password}",
                "application.properties|%test.mp.jwt.verify.publickey=NONE",
                "application.properties|%test.catalog.pages.token-url=/dev/session",
                "application.properties|mp.messaging.incoming.offers.key.deserializer=org.apache.Deserializer",
                "Intake.java|String key = orderOfBuyerAndIdempotencyKey(buyer2);",
                "DataFolder.java|ACCOUNT_KEYS = \"PAYOUT_ACCOUNT_KEYS\";"
            })
    void whatOnlyLooksLikeOneIsLeftAlone(String file, String line) {
        assertEquals(List.of(), Secrets.in(file, line));
    }

    @Test
    void aKeyOfWordsIsForThrowingAway() {
        String words =
                Base64.getEncoder().encodeToString("of no use to anybody, 2026".getBytes(StandardCharsets.UTF_8));

        assertEquals(List.of(), Secrets.in("README.md", "ORDER_PAYMENT_WEBHOOK_SECRETS=whsec_" + words));
    }

    private static List<String> secretsOf(String file) throws IOException {
        Path path = RepositoryFiles.ROOT.resolve(file);
        List<String> found = new ArrayList<>();
        int number = 0;
        for (String line : Files.readString(path, StandardCharsets.ISO_8859_1).split("\n")) {
            number++;
            for (String kind : Secrets.in(file, line)) {
                found.add("%s:%d: %s".formatted(file, number, kind));
            }
        }
        return found;
    }
}
