package io.livesale.payout.paying;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.livesale.payout.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /payout-provider/webhook}: the provider tells how a payout ended. Only what is signed counts; it is
 * answered 202 once the database holds the consequence, so the provider repeats what we could not record.
 */
@Path("/payout-provider/webhook")
@Tag(name = "Payouts")
class WebhookResource {
    private final WebhookSignature signature;
    private final PayoutEndings endings;
    private final ObjectReader json;

    WebhookResource(WebhookSignature signature, PayoutEndings endings, ObjectMapper json) {
        this.signature = signature;
        this.endings = endings;
        this.json = json.readerFor(Notice.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    enum Type {
        @JsonProperty("payout.paid")
        PAYOUT_PAID,
        @JsonProperty("payout.failed")
        PAYOUT_FAILED
    }

    /** @param reason why it failed */
    @Schema(name = "PayoutNotice")
    record Notice(Type type, UUID payoutId, @Nullable String reason) {
        Notice {
            if (type == null || payoutId == null) {
                throw new IllegalArgumentException("type and payoutId are needed");
            }
        }
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(202)
    @Operation(
            summary = "How a payout ended",
            description = "Signed as Standard Webhooks says; 401 otherwise. A repeat changes nothing. Fields not named"
                    + " here are passed over, for providers add some from time to time.")
    @Parameter(
            name = "webhook-id",
            in = ParameterIn.HEADER,
            required = true,
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "webhook-timestamp",
            in = ParameterIn.HEADER,
            required = true,
            description = "Unix seconds",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "webhook-signature",
            in = ParameterIn.HEADER,
            required = true,
            example = "v1,base64",
            schema = @Schema(type = SchemaType.STRING))
    @RequestBody(content = @Content(schema = @Schema(implementation = Notice.class)))
    @APIResponse(responseCode = "202", description = "Recorded, or recorded before")
    @APIResponse(responseCode = "401", description = "UNAUTHENTICATED")
    @APIResponse(responseCode = "404", description = "NOT_FOUND: no such payout")
    public Uni<Void> receive(@Context HttpHeaders headers, byte[] body) {
        Notice notice = read(signature.read(headers, body));
        return switch (notice.type()) {
            case PAYOUT_PAID -> endings.paid(notice.payoutId());
            case PAYOUT_FAILED -> endings.failed(notice.payoutId(), ProviderReason.of(notice.reason()));
        };
    }

    private Notice read(String body) {
        try {
            return Objects.requireNonNull(json.<Notice>readValue(body));
        } catch (JsonProcessingException | NullPointerException e) {
            throw Problem.INVALID_REQUEST.because("The body is not a payout notice.");
        }
    }
}
