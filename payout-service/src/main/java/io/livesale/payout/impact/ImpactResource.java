package io.livesale.payout.impact;

import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Period;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

@Path("/reports/impact")
@RolesAllowed("operator")
@Tag(name = "Reports", description = "What the platform does for those who earn on it.")
class ImpactResource {
    private static final String CSV = "text/csv;charset=UTF-8";

    private final Impact impact;
    private final PayoutSettings settings;
    private final Clock clock;

    ImpactResource(Impact impact, PayoutSettings settings, Clock clock) {
        this.impact = impact;
        this.settings = settings;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Impact report",
            description = "Earners, income by county and day, fees waived by programme, and how each session went; all"
                    + " net of refunds. Accept: text/csv downloads it as one table.")
    public Uni<ImpactReport> report(
            @Parameter(description = "First day, 30 days up to the last unless said.", example = "2026-11-01")
                    @QueryParam("from")
                    @Nullable String from,
            @Parameter(description = "Last day, today unless said; at most 366 days.", example = "2026-11-30")
                    @QueryParam("to")
                    @Nullable String to) {
        return impact.of(Period.parse(from, to, today()));
    }

    @GET
    @Produces("text/csv;qs=0.5;charset=UTF-8")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> download(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        Period period = Period.parse(from, to, today());
        String file = "attachment; filename=\"impact-%s-%s.csv\"".formatted(period.from(), period.to());
        return impact.of(period)
                .map(report -> ResponseBuilder.ok(ImpactCsv.of(report), CSV)
                        .header(HttpHeaders.CONTENT_DISPOSITION, file)
                        .build());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), settings.zone());
    }
}
