package io.livesale.order.payment;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.livesale.order.OrderSettings;
import io.livesale.order.Problem;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Standard Webhooks signatures: any of the active secrets will do, and the time must be within five minutes of now.
 * Secrets that are none stop the start: a provider's first word would be too late to learn of it.
 */
@Startup
@Singleton
class WebhookSignature {
    private static final List<String> HEADERS = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    private static final String PREFIX = "whsec_";
    /** In bytes: the least that Standard Webhooks 1.0.0 asks of a symmetric key. */
    private static final int SHORTEST_KEY = 24;

    private final List<Webhook> secrets;

    @Inject
    WebhookSignature(OrderSettings settings) {
        this(settings.payment().webhookSecrets());
    }

    /** @param secrets as they are configured; throws {@link IllegalArgumentException} for what are none */
    WebhookSignature(List<String> secrets) {
        this.secrets = secrets.stream().map(WebhookSignature::webhook).toList();
    }

    private static Webhook webhook(String secret) {
        String text = secret.strip();
        try {
            byte[] key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
            if (key.length < SHORTEST_KEY) {
                throw new IllegalArgumentException("a key of " + key.length + " bytes can be guessed");
            }
            return new Webhook(text);
        } catch (IllegalArgumentException | EmptyWebhookSecretException e) {
            throw new IllegalArgumentException(
                    "order.payment.webhook-secrets must be whsec_ and base64: " + e.getMessage(), e);
        }
    }

    /**
     * The body as text. Throws {@link Problem#UNAUTHENTICATED} unless it is signed, freshly, with one of our secrets; and
     * {@link Problem#INVALID_REQUEST} when it is no text, for then nothing can tell whether it is signed.
     */
    String read(jakarta.ws.rs.core.HttpHeaders headers, byte[] body) {
        String text = text(body);
        java.net.http.HttpHeaders signed = java.net.http.HttpHeaders.of(
                HEADERS.stream()
                        .filter(name -> headers.getHeaderString(name) != null)
                        .collect(Collectors.toMap(name -> name, name -> List.of(headers.getHeaderString(name)))),
                (name, value) -> true);
        if (secrets.stream().noneMatch(secret -> verifies(secret, signed, text))) {
            throw Problem.UNAUTHENTICATED.because("The webhook's signature is missing, wrong or too old.");
        }
        return text;
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.INVALID_REQUEST.because("The body is not UTF-8.");
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
