package io.livesale.payout.settlement;

import io.livesale.payout.Page;
import io.livesale.payout.PageRequest;
import io.livesale.payout.Printable;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.function.Function;
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

@Path("/settlements")
@RolesAllowed("operator")
@Tag(name = "Settlements", description = "Runs that make the payouts.")
class SettlementResource {
    static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private final Settlements settlements;
    private final JsonWebToken caller;

    SettlementResource(Settlements settlements, JsonWebToken caller) {
        this.settlements = settlements;
        this.caller = caller;
    }

    @Schema(name = "SettlementRequest")
    record Request(
            @NotNull @Pattern(
                    regexp = "(?i:(?!" + SettlementSchedule.PREFIX + "))" + ID,
                    message = "must be 1 to 64 letters, digits, '.', '_' or '-', a letter or digit first, and not begin"
                            + " with scheduled-")
            @Schema(examples = "2026-11-week-47")
            String settlementId) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON) // Unsaid, a body of one text is read from plain text, too.
    @Operation(
            summary = "Pay everyone",
            description =
                    "Begins a run that makes a payout for every payee who has the least that is paid out available"
                            + " and a verified account. The same id again is the same run, however far it is: nobody is paid"
                            + " twice by it.")
    @APIResponse(
            responseCode = "202",
            description = "Recorded, now or before; follow it at Location",
            content = @Content(schema = @Schema(implementation = Settlement.class)))
    public Uni<RestResponse<Settlement>> start(@NotNull @Valid Request body) {
        return settlements
                .open(body.settlementId(), caller.getSubject())
                .map(settlement -> ResponseBuilder.accepted(settlement)
                        .header(HttpHeaders.LOCATION, "/settlements/" + settlement.settlementId())
                        .build());
    }

    @GET
    @Path("/{settlementId}")
    @Operation(summary = "Look at a settlement", description = "How far it is, and what it came to.")
    @APIResponse(
            responseCode = "200",
            description = "The run",
            content = @Content(schema = @Schema(implementation = Settlement.class)))
    @APIResponse(responseCode = "404", description = "NOT_FOUND")
    public Uni<Settlement> get(@PathParam("settlementId") @Printable String settlementId) {
        return settlements.require(settlementId);
    }

    @GET
    @Operation(summary = "List settlements", description = "Newest first, scheduled ones included.")
    public Uni<Page<Settlement>> list(
            @Parameter(description = "1 to 200, 50 unless said.") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "nextCursor of the page before.") @QueryParam("cursor") @Nullable String cursor) {
        PageRequest<Position> asked = PageRequest.parse(limit, cursor, Position::parse);
        return settlements
                .after(Objects.requireNonNullElse(asked.after(), Position.NEWEST), asked.rowsToFetch())
                .map(found -> Page.of(asked, found, Position::of, Function.identity()));
    }
}
