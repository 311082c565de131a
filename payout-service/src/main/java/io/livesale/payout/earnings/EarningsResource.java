package io.livesale.payout.earnings;

import io.livesale.payout.Page;
import io.livesale.payout.PageRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;

@Path("/earnings/me")
@RolesAllowed({"creator", "seller"})
@Tag(name = "Earnings", description = "What the caller has earned, as seller and as creator.")
class EarningsResource {
    private static final String PAGE_OF_FILE = Integer.toString(PageRequest.MAX_LIMIT);

    private final Balances balances;
    private final Statement statement;
    private final JsonWebToken caller;

    EarningsResource(Balances balances, Statement statement, JsonWebToken caller) {
        this.balances = balances;
        this.statement = statement;
        this.caller = caller;
    }

    @Schema(name = "OwnEarnings")
    record Answer(List<Earnings> items) {}

    @GET
    @Operation(
            summary = "Own balances",
            description = "One item for each currency. nextPayout holds either the amount the next settlement pays, or"
                    + " what is missing to the least that is paid out.")
    public Uni<Answer> earnings() {
        return balances.of(caller.getSubject()).map(Answer::new);
    }

    @GET
    @Path("/entries")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Own statement",
            description = "A line for each sale the caller has a part in, newest first; two for a sale in which the"
                    + " caller is both seller and creator. Accept: text/csv downloads all of them.")
    public Uni<Page<Entry>> entries(
            @Parameter(description = "1 to 200, 50 unless said.") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "nextCursor of the page before.") @QueryParam("cursor") @Nullable String cursor) {
        return statement.page(caller.getSubject(), PageRequest.parse(limit, cursor, Position::parse));
    }

    /** Reads page after page as the client takes them, so that a long statement needs no more memory than a short. */
    @GET
    @Path("/entries")
    @Produces("text/csv;qs=0.5;charset=UTF-8")
    @Operation(hidden = true)
    public Multi<String> download() {
        String userId = caller.getSubject();
        Multi<String> file = Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<@Nullable String>(), cursor -> next(userId, cursor))
                .whilst(part -> !part.last())
                .map(Part::text);
        return RestMulti.fromMultiData(file)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"earnings.csv\"")
                .build();
    }

    private record Part(String text, boolean last) {}

    /** The header comes with the first page: a database that is away is told, not hidden behind the start of a file. */
    private Uni<Part> next(String userId, AtomicReference<@Nullable String> cursor) {
        String header = cursor.get() == null ? StatementCsv.HEADER : "";
        return statement
                .page(userId, PageRequest.parse(PAGE_OF_FILE, cursor.get(), Position::parse))
                .invoke(page -> cursor.set(page.nextCursor()))
                .map(page -> new Part(header + StatementCsv.lines(page.items()), page.nextCursor() == null));
    }
}
