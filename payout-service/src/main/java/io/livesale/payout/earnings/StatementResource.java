package io.livesale.payout.earnings;

import io.livesale.payout.InvalidField;
import io.livesale.payout.Money;
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
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One person's month: what it came to, and line by line. */
@Path("/earnings/me")
@RolesAllowed({"creator", "seller"})
@Tag(name = "Earnings")
class StatementResource {
    private final Asked asked;
    private final MonthlyStatements statements;
    private final Movements movements;
    private final Horizon horizon;
    private final JsonWebToken caller;

    StatementResource(
            Asked asked, MonthlyStatements statements, Movements movements, Horizon horizon, JsonWebToken caller) {
        this.asked = asked;
        this.statements = statements;
        this.movements = movements;
        this.horizon = horizon;
        this.caller = caller;
    }

    @GET
    @Path("/statement")
    @Operation(
            summary = "Own month in sums",
            description = "The ledger's: opening balance and totals by kind add up to the closing balance.")
    public Uni<MonthlyStatement> statement(
            @Parameter(description = "This month unless said.", example = "2026-11") @QueryParam("month") @Nullable String month,
            @Parameter(description = "ISO 4217.", example = "CNY") @QueryParam("currency") @Nullable String currency) {
        return statements.of(caller.getSubject(), asked.month(month), asked.currency(currency));
    }

    @GET
    @Path("/movements")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Own movements of a month",
            description =
                    "Every transaction of the ledger that the caller has a part in, in the order in which they were"
                            + " booked, with what was owed after each. Accept: text/csv downloads all of them.")
    public Uni<Page<Movement>> movements(
            @Parameter(description = "This month unless said.", example = "2026-11") @QueryParam("month") @Nullable String month,
            @Parameter(description = "ISO 4217.", example = "CNY") @QueryParam("currency") @Nullable String currency,
            @Parameter(description = "1 to 200, 50 unless said.") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "nextCursor of the page before.") @QueryParam("cursor") @Nullable String cursor) {
        Asking asking = new Asking(caller.getSubject(), asked.month(month), asked.currency(currency));
        PageRequest<Booked> page = PageRequest.parse(limit, cursor, Booked::parse);
        Booked place = Objects.requireNonNullElse(page.after(), asking.start());
        if (place.at().isBefore(asking.month().from())) {
            throw new InvalidField("cursor", "is of another month");
        }
        return reach(asking, place)
                .chain(reached -> after(asking, reached, page.rowsToFetch()))
                .map(found -> Page.of(page, found, Movements::place, Function.identity()));
    }

    @GET
    @Path("/movements")
    @Produces("text/csv;qs=0.5;charset=UTF-8")
    @Operation(hidden = true)
    public Multi<String> download(
            @QueryParam("month") @Nullable String month, @QueryParam("currency") @Nullable String currency) {
        Asking asking = new Asking(caller.getSubject(), asked.month(month), asked.currency(currency));
        String fileName = "movements-" + asking.month().name() + "-" + asking.currency() + ".csv";
        return Download.<Reached>of(fileName, reached -> part(asking, reached));
    }

    private record Asking(String userId, Month month, Currency currency) {
        Booked start() {
            return Booked.before(month.from());
        }
    }

    /**
     * A place, what was owed there, and where the movements to be read end. A file carries all three on: the balance is not
     * summed up anew for each part, and what is booked meanwhile is left to the next file.
     */
    private record Reached(Booked place, Money owed, Instant until) {
        Reached at(Movement last) {
            return new Reached(Movements.place(last), last.balance(), until);
        }
    }

    private Uni<Reached> reach(Asking asking, Booked place) {
        return horizon.upTo(asking.month().until())
                .chain(until -> movements
                        .owedAt(asking.userId(), asking.currency(), place)
                        .map(owed -> new Reached(place, owed, until)));
    }

    private Uni<Part<Reached>> part(Asking asking, @Nullable Reached reached) {
        return reached == null
                ? reach(asking, asking.start()).chain(start -> part(asking, MovementCsv.HEADER, start))
                : part(asking, "", reached);
    }

    private Uni<Part<Reached>> part(Asking asking, String header, Reached reached) {
        return after(asking, reached, PageRequest.MAX_LIMIT)
                .map(found -> new Part<>(header + MovementCsv.lines(found), next(reached, found)));
    }

    private static @Nullable Reached next(Reached reached, List<Movement> found) {
        return found.size() < PageRequest.MAX_LIMIT ? null : reached.at(found.get(found.size() - 1));
    }

    private Uni<List<Movement>> after(Asking asking, Reached reached, int limit) {
        return movements.after(
                asking.userId(), asking.currency(), reached.place(), reached.owed(), reached.until(), limit);
    }
}
