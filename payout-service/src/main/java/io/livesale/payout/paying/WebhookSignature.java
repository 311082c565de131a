package io.livesale.payout.paying;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.livesale.payout.Problem;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/** Standard Webhooks signatures: any of the active secrets will do, and the time must be within five minutes of now. */
@Singleton
class WebhookSignature {
    private static final List<String> HEADERS = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    private final List<Webhook> secrets;

    WebhookSignature(ProviderSettings settings) {
        this.secrets = settings.webhookSecrets().stream()
                .map(WebhookSignature::webhook)
                .toList();
    }

    private static Webhook webhook(String secret) {
        try {
            return new Webhook(secret);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("payout.provider.webhook-secrets holds an empty secret", e);
        }
    }

    /** Throws {@link Problem#UNAUTHENTICATED} unless the body is signed, freshly, with one of our secrets. */
    void require(jakarta.ws.rs.core.HttpHeaders headers, String body) {
        java.net.http.HttpHeaders signed = java.net.http.HttpHeaders.of(
                HEADERS.stream()
                        .filter(name -> headers.getHeaderString(name) != null)
                        .collect(Collectors.toMap(name -> name, name -> List.of(headers.getHeaderString(name)))),
                (name, value) -> true);
        if (secrets.stream().noneMatch(secret -> verifies(secret, signed, body))) {
            throw Problem.UNAUTHENTICATED.because("The webhook's signature is missing, wrong or too old.");
        }
    }

    private static boolean verifies(Webhook secret, java.net.http.HttpHeaders headers, String body) {
        try {
            secret.verify(body, headers);
            return true;
        } catch (WebhookVerificationException | IllegalArgumentException e) {
            return false;
        }
    }
}
