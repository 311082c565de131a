package io.livesale.payout.earnings;

import io.livesale.payout.Period;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/earnings/me/days")
@RolesAllowed({"creator", "seller"})
@Tag(name = "Earnings")
class IncomeResource {
    private final Asked asked;
    private final Income income;
    private final JsonWebToken caller;

    IncomeResource(Asked asked, Income income, JsonWebToken caller) {
        this.asked = asked;
        this.income = income;
        this.caller = caller;
    }

    @Schema(name = "IncomeByDay")
    record Answer(LocalDate from, LocalDate to, List<Income.Day> items) {}

    @GET
    @Operation(
            summary = "Own income by day",
            description =
                    "What the sales paid on each day brought the caller, net of refunds; one item for each day and"
                            + " currency, days without sales are left out. Days begin where the platform is at home.")
    public Uni<Answer> byDay(
            @Parameter(description = "First day; 30 days before the end unless said.", example = "2026-11-01")
                    @QueryParam("from")
                    @Nullable String from,
            @Parameter(description = "Last day, at most 366 days on; today unless said.", example = "2026-11-30")
                    @QueryParam("to")
                    @Nullable String to) {
        Period period = asked.period(from, to);
        return income.of(caller.getSubject(), period).map(items -> new Answer(period.from(), period.to(), items));
    }
}
