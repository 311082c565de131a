package io.livesale.order.payment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretsTest {
    private static final String SHORTEST = "whsec_" + base64("w".repeat(24));

    @Test
    void takesTheShortestThatCannotBeGuessed() {
        assertDoesNotThrow(() -> new WebhookSignature(List.of(SHORTEST)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_!!", "", "changeme"})
    void refusesWhatIsNoSecret(String secret) {
        assertRefused(secret);
    }

    @Test
    void refusesOneThatCanBeGuessed() {
        assertRefused("whsec_" + base64("w".repeat(23)));
    }

    private static void assertRefused(String secret) {
        List<String> secrets = List.of(SHORTEST, secret);

        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new WebhookSignature(secrets));

        assertTrue(refusal.getMessage().startsWith("order.payment.webhook-secrets"), refusal::getMessage);
    }

    private static String base64(String words) {
        return Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
    }
}
