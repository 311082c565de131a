package io.livesale.payout.paying;

import io.livesale.payout.InvalidField;
import io.livesale.payout.Page;
import io.livesale.payout.PageRequest;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.Printable;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /payouts}: a payee's own, or everybody's for operators. */
@Path("/payouts")
@Tag(name = "Payouts")
class PayoutListResource {
    private final PayoutLookup lookup;
    private final JsonWebToken caller;

    PayoutListResource(PayoutLookup lookup, JsonWebToken caller) {
        this.lookup = lookup;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({"creator", "seller", "operator"})
    @Operation(
            summary = "List payouts",
            description = "Newest first: the caller's own, or everybody's for an operator. Without timelines.")
    public Uni<Page<PayoutView>> list(
            @Parameter(schema = @Schema(implementation = Status.class)) @QueryParam("status") @Nullable String status,
            @Parameter(description = "For operators: of one payee.")
                    @QueryParam("userId")
                    @Size(max = 128) @Printable
                    @Nullable String userId,
            @Parameter(description = "Of one settlement.")
                    @QueryParam("settlementId")
                    @Size(max = 64) @Printable
                    @Nullable String settlementId,
            @Parameter(description = "true: only those of which the provider told otherwise, and nobody has found out.")
                    @QueryParam("contradicted")
                    boolean contradicted,
            @Parameter(description = "1 to 200, 50 unless said.") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "nextCursor of the page before.") @QueryParam("cursor") @Nullable String cursor) {
        PageRequest<Position> asked = PageRequest.parse(limit, cursor, Position::parse);
        PayoutLookup.Filter filter =
                new PayoutLookup.Filter(owner(caller), status(status), userId, settlementId, contradicted);
        return lookup.after(Objects.requireNonNullElse(asked.after(), Position.NEWEST), filter, asked.rowsToFetch())
                .map(found -> Page.of(asked, found, Position::of, Function.identity()));
    }

    /** Whose payouts alone the caller may see; nobody's in particular for an operator. */
    static Optional<String> owner(JsonWebToken caller) {
        return caller.getGroups().contains("operator") ? Optional.empty() : Optional.of(caller.getSubject());
    }

    private static @Nullable Status status(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(Status.values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidField("status", "must be one of " + Arrays.toString(Status.values())));
    }
}
