package io.livesale.order.intake;

import io.livesale.order.CommandLog;
import io.livesale.order.InvalidField;
import io.livesale.order.LogPosition;
import io.livesale.order.Order.ShipTo;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderSettings;
import io.livesale.order.OrderView;
import io.livesale.order.Outcomes;
import io.livesale.order.Problem;
import io.livesale.order.ProblemException;
import io.livesale.order.Receipt;
import io.livesale.order.SalesFigures;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /orders}: the door, the durable append, and the wait for the outcome for those who ask for it. */
@Path("/orders")
@Tag(name = "Orders")
class IntakeResource {
    private static final java.util.regex.Pattern IDEMPOTENCY_KEY = java.util.regex.Pattern.compile("[!-~]{1,64}");

    private final OfferBoard board;
    private final RecentOrders recent;
    private final CommandLog log;
    private final Outcomes outcomes;
    private final OrderSettings.Intake settings;
    private final JsonWebToken token;
    private final Clock clock;

    IntakeResource(
            OfferBoard board,
            RecentOrders recent,
            CommandLog log,
            Outcomes outcomes,
            OrderSettings settings,
            JsonWebToken token,
            Clock clock) {
        this.board = board;
        this.recent = recent;
        this.log = log;
        this.outcomes = outcomes;
        this.settings = settings.intake();
        this.token = token;
        this.clock = clock;
    }

    /** What a buyer asks for. */
    record OrderRequest(
            @NotNull UUID offerId,

            @NotNull @Min(1) @Max(PlaceOrder.MAX_QUANTITY) @Schema(examples = "1")
            Integer quantity,

            @Valid @Nullable Address shipTo) {}

    /** Where the goods go. Control characters have no place in it. */
    record Address(
            @NotBlank @Size(max = 100) @Pattern(regexp = PRINTABLE) String name,

            @NotBlank @Size(max = 30) @Pattern(regexp = PRINTABLE) String phone,

            @NotBlank @Size(max = 500) @Pattern(regexp = PRINTABLE) String address) {
        private static final String PRINTABLE = "[^\\p{Cntrl}]*";

        ShipTo toShipTo() {
            return new ShipTo(name, phone, address);
        }
    }

    @POST
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
    @APIResponse(responseCode = "503", description = "INTAKE_UNAVAILABLE: repeat with the same key")
    public Uni<Response> place(
            @HeaderParam("Idempotency-Key")
                    @Nullable @Parameter(required = true, description = "1 to 64 visible ASCII characters")
                    String idempotencyKey,
            @HeaderParam("Prefer") @Nullable String prefer,
            @Valid @NotNull OrderRequest body) {
        if (idempotencyKey == null || !IDEMPOTENCY_KEY.matcher(idempotencyKey).matches()) {
            throw new InvalidField("Idempotency-Key", "must be 1 to 64 visible ASCII characters");
        }
        String buyer = token.getSubject();
        PlaceOrder place = new PlaceOrder(
                Receipt.orderId(buyer, idempotencyKey),
                body.offerId(),
                buyer,
                body.quantity(),
                body.shipTo() == null ? null : body.shipTo().toShipTo(),
                clock.instant());
        Duration wait = Preference.waitOf(prefer);
        Optional<LogPosition> repeated = recent.find(place);
        if (repeated.isPresent()) {
            return repeat(place, repeated.get(), idempotencyKey, wait);
        }
        return admit(place)
                .chain(earlier -> earlier.isPresent()
                        ? Uni.createFrom().item(Response.ok(earlier.get()).build())
                        : accept(place, idempotencyKey, wait));
    }

    private Uni<Response> accept(PlaceOrder place, String idempotencyKey, Duration wait) {
        Uni<LogPosition> accepted = log.append(place).invoke(position -> recent.remember(place, position));
        return wait.isZero()
                ? accepted.map(position -> received(place, position, idempotencyKey))
                : decided(place, accepted, idempotencyKey, wait);
    }

    /** A repeat is answered like the first time; whoever waits may find the order decided already. */
    private Uni<Response> repeat(PlaceOrder place, LogPosition position, String idempotencyKey, Duration wait) {
        if (wait.isZero()) {
            return Uni.createFrom().item(received(place, position, idempotencyKey));
        }
        return outcomes.find(place.orderId())
                .chain(outcome -> outcome.map(order ->
                                Uni.createFrom().item(Response.ok(order).build()))
                        .orElseGet(() -> decided(place, Uni.createFrom().item(position), idempotencyKey, wait)));
    }

    /** Lets the order in (empty), or finds it was let in before, or turns it away. */
    private Uni<Optional<OrderView>> admit(PlaceOrder place) {
        return board.await(place.offerId(), settings.unknownOfferWait()).chain(offer -> {
            Optional<ProblemException> refusal = refusal(offer);
            return refusal.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : outcomes.findTurnedAway(place.orderId())
                            .map(earlier -> Optional.of(earlier.orElseThrow(refusal::get)));
        });
    }

    private static Optional<ProblemException> refusal(Optional<SalesFigures> offer) {
        if (offer.isEmpty()) {
            return Optional.of(Problem.OFFER_UNKNOWN.because("No such offer was ever opened."));
        }
        if (!offer.get().isOpen()) {
            return Optional.of(Problem.OFFER_CLOSED.because("This offer takes no more orders."));
        }
        return offer.get().isSoldOut()
                ? Optional.of(Problem.SOLD_OUT.because("Nothing is left; units come back when reservations lapse."))
                : Optional.empty();
    }

    /** Listens before appending, so that no outcome is too quick to be heard. */
    private Uni<Response> decided(PlaceOrder place, Uni<LogPosition> accepted, String idempotencyKey, Duration wait) {
        return Uni.combine()
                .all()
                .unis(outcomes.await(place.orderId(), wait), accepted)
                .with((outcome, position) -> outcome.map(
                                order -> Response.ok(order).build())
                        .orElseGet(() -> received(place, position, idempotencyKey)));
    }

    private Response received(PlaceOrder place, LogPosition position, String idempotencyKey) {
        Receipt receipt = Receipt.of(place, position, idempotencyKey);
        return Response.accepted(OrderView.received(place.orderId(), receipt, outcomes.ahead(position)))
                .header(HttpHeaders.LOCATION, "/orders/" + place.orderId() + "?receipt=" + receipt.encode())
                .build();
    }
}
