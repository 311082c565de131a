package io.livesale.order.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livesale.order.Outcomes;
import io.livesale.order.Problem;
import io.livesale.order.SalesFigures;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /availability/{offerId}}: what is left, for anyone. */
@Path("/availability")
@Tag(name = "Orders")
class AvailabilityResource {
    private final OfferBoard board;
    private final Outcomes outcomes;

    AvailabilityResource(OfferBoard board, Outcomes outcomes) {
        this.board = board;
        this.outcomes = outcomes;
    }

    /**
     * How much of an offer is to be had.
     *
     * @param remaining units; absent for a gift
     * @param reserved units held by unpaid orders
     * @param queueDepth commands waiting in the offer's part of the log
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Availability(
            UUID offerId,
            @Nullable Integer allotment,
            @Nullable Long remaining,
            long reserved,
            long sold,
            boolean open,
            boolean soldOut,
            long queueDepth) {}

    @GET
    @Path("/{offerId}")
    @PermitAll
    @Operation(summary = "What is left of an offer", description = "404 when the offer never opened.")
    public Availability get(@PathParam("offerId") UUID offerId) {
        SalesFigures offer =
                board.find(offerId).orElseThrow(() -> Problem.OFFER_UNKNOWN.because("This offer never opened."));
        return new Availability(
                offerId,
                offer.allotment(),
                offer.remaining(),
                offer.reserved(),
                offer.sold(),
                offer.isOpen(),
                offer.isSoldOut(),
                outcomes.queueDepth(offerId));
    }
}
