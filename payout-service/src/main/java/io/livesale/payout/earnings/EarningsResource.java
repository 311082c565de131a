package io.livesale.payout.earnings;

import io.livesale.payout.Page;
import io.livesale.payout.PageRequest;
import io.livesale.payout.earnings.Download.Part;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/earnings/me")
@RolesAllowed({"creator", "seller"})
@Tag(name = "Earnings", description = "What the caller has earned, as seller and as creator.")
class EarningsResource {
    private static final String PAGE_OF_FILE = Integer.toString(PageRequest.MAX_LIMIT);

    private final Balances balances;
    private final Entries entries;
    private final JsonWebToken caller;

    EarningsResource(Balances balances, Entries entries, JsonWebToken caller) {
        this.balances = balances;
        this.entries = entries;
        this.caller = caller;
    }

    @Schema(name = "OwnEarnings")
    record Answer(List<Earnings> items) {}

    @GET
    @Operation(
            summary = "Own balances",
            description = "One item for each currency. nextPayout holds either the amount the next settlement pays"
                    + " once the payout account is verified, or what is missing to the least that is paid out, and"
                    + " when that settlement is.")
    public Uni<Answer> earnings() {
        return balances.of(caller.getSubject()).map(Answer::new);
    }

    @GET
    @Path("/entries")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Own sales",
            description = "A line for each sale the caller has a part in, newest first; two for a sale in which the"
                    + " caller is both seller and creator. Each tells where its money stands, what it waits for and"
                    + " when it will be free. Accept: text/csv downloads all of them.")
    public Uni<Page<Entry>> entries(
            @Parameter(description = "1 to 200, 50 unless said.") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "nextCursor of the page before.") @QueryParam("cursor") @Nullable String cursor) {
        return entries.page(caller.getSubject(), PageRequest.parse(limit, cursor, Position::parse));
    }

    @GET
    @Path("/entries")
    @Produces("text/csv;qs=0.5;charset=UTF-8")
    @Operation(hidden = true)
    public Multi<String> download() {
        String userId = caller.getSubject();
        return Download.<String>of("earnings.csv", cursor -> part(userId, cursor));
    }

    private Uni<Part<String>> part(String userId, @Nullable String cursor) {
        String header = cursor == null ? EntryCsv.HEADER : "";
        return entries.page(userId, PageRequest.parse(PAGE_OF_FILE, cursor, Position::parse))
                .map(page -> new Part<>(header + EntryCsv.lines(page.items()), page.nextCursor()));
    }
}
