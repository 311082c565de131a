package io.livesale.order.intake;

import io.livesale.order.CallerTrace;
import io.livesale.order.InvalidField;
import io.livesale.order.Order.ShipTo;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderSettings;
import io.livesale.order.OrderView;
import io.livesale.order.Paced;
import io.livesale.order.Printable;
import io.livesale.order.Problem;
import io.livesale.order.Receipt;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** {@code POST /orders}. */
@Path("/orders")
@Produces(MediaType.APPLICATION_JSON) // Said, it is checked before anything is recorded.
@Tag(name = "Orders")
class IntakeResource {
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1,64}");

    private final Intake intake;
    private final JsonWebToken token;
    private final CallerTrace trace;
    private final Clock clock;
    private final OrderSettings.Intake settings;

    IntakeResource(Intake intake, JsonWebToken token, CallerTrace trace, Clock clock, OrderSettings settings) {
        this.intake = intake;
        this.token = token;
        this.trace = trace;
        this.clock = clock;
        this.settings = settings.intake();
    }

    /** What a buyer asks for. */
    record OrderRequest(
            @NotNull UUID offerId,

            @NotNull @Min(1) @Max(PlaceOrder.MAX_QUANTITY) @Schema(examples = "1")
            Integer quantity,

            @Valid @Nullable Address shipTo) {}

    /** Where the goods go. */
    record Address(
            @NotBlank @Size(max = 100) @Printable String name,

            @NotBlank @Size(max = 30) @Printable String phone,

            @NotBlank @Size(max = 500) @Printable String address) {
        ShipTo toShipTo() {
            return new ShipTo(name, phone, address);
        }
    }

    @POST
    @Paced
    @RolesAllowed("buyer")
    @Operation(
            summary = "Place an order",
            description = "Answers 202 once the order is durably recorded; it then ends in exactly one outcome. With"
                    + " `Prefer: wait=N` (at most 10) the answer is held until the outcome. Repeating a request with"
                    + " the same Idempotency-Key never makes two orders.")
    @APIResponse(
            responseCode = "200",
            description = "Decided",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Recorded; follow it at Location",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(responseCode = "400", description = "INVALID_REQUEST")
    @APIResponse(responseCode = "404", description = "OFFER_UNKNOWN")
    @APIResponse(responseCode = "409", description = "SOLD_OUT or OFFER_CLOSED; nothing is recorded")
    @APIResponse(responseCode = "422", description = "IDEMPOTENCY_KEY_REUSED")
    @APIResponse(responseCode = "429", description = "TOO_MANY_ORDERS: wait as Retry-After says")
    @APIResponse(
            responseCode = "503",
            description = "INTAKE_UNAVAILABLE: repeat with the same key, as Retry-After says")
    public Uni<RestResponse<OrderView>> place(
            @HeaderParam("Idempotency-Key")
                    @Nullable @Parameter(required = true, description = "1 to 64 visible ASCII characters")
                    String idempotencyKey,
            @HeaderParam("Prefer") @Nullable String prefer,
            @Valid @NotNull OrderRequest body) {
        PlaceOrder place = order(idempotencyKey, body);
        return intake.place(place, idempotencyKey, Preference.waitOf(prefer)).map(IntakeResource::response);
    }

    /**
     * Reads and answers a request as {@link #place} does, token and body checked, and asks neither the pace nor the
     * offer board nor the log: what HTTP and JSON alone could reach, for benchmarks to hold intake against.
     */
    @POST
    @Path("/no-op")
    @RolesAllowed("buyer")
    @Operation(hidden = true)
    public Uni<RestResponse<OrderView>> placeNothing(
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey, @Valid @NotNull OrderRequest body) {
        if (!settings.noOp()) {
            throw Problem.NOT_FOUND.because("This is for benchmarks and switched off.");
        }
        PlaceOrder place = order(idempotencyKey, body);
        return Uni.createFrom().item(() -> response(intake.pretend(place, idempotencyKey)));
    }

    private PlaceOrder order(@Nullable String idempotencyKey, OrderRequest body) {
        if (idempotencyKey == null || !IDEMPOTENCY_KEY.matcher(idempotencyKey).matches()) {
            throw new InvalidField("Idempotency-Key", "must be 1 to 64 visible ASCII characters");
        }
        String buyer = token.getSubject();
        return new PlaceOrder(
                Receipt.orderId(buyer, idempotencyKey),
                body.offerId(),
                buyer,
                body.quantity(),
                body.shipTo() == null ? null : body.shipTo().toShipTo(),
                trace.traceparent(),
                clock.instant());
    }

    private static RestResponse<OrderView> response(Intake.Answer answer) {
        Receipt receipt = answer.receipt();
        if (receipt == null) {
            return RestResponse.ok(answer.order());
        }
        return ResponseBuilder.accepted(answer.order())
                .header(HttpHeaders.LOCATION, "/orders/" + answer.order().orderId() + "?receipt=" + receipt.encode())
                .build();
    }
}
