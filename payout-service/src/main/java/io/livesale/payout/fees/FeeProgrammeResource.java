package io.livesale.payout.fees;

import io.livesale.payout.FeeProgramme;
import io.livesale.payout.FeeProgrammes;
import io.livesale.payout.InvalidField;
import io.livesale.payout.Page;
import io.livesale.payout.PageRequest;
import io.livesale.payout.Printable;
import io.livesale.payout.Rate;
import io.livesale.payout.Rfc3339;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@Path("/fee-programmes")
@RolesAllowed("operator")
@Tag(name = "Fee programmes", description = "A lower platform fee for the products of some counties.")
class FeeProgrammeResource {
    private static final Logger LOG = Logger.getLogger(FeeProgrammeResource.class);
    private static final String ID = "[A-Za-z0-9][A-Za-z0-9-]{0,63}";
    /** As catalog-service writes county codes. */
    private static final String COUNTY_CODE = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}";

    private final FeeProgrammes programmes;
    private final JsonWebToken caller;

    FeeProgrammeResource(FeeProgrammes programmes, JsonWebToken caller) {
        this.programmes = programmes;
        this.caller = caller;
    }

    /** A thousand counties is more than any programme has had: there were 832 designated ones. */
    @Schema(name = "FeeProgrammeTerms")
    record Terms(
            @NotBlank @Size(max = 200) @Printable @Schema(examples = "Zhashui: fees down to 1 %")
            String name,

            @NotEmpty @Size(max = 1000) @Schema(
                    description = "Codes of the counties covered; one that is told twice counts once.",
                    examples = "[\"611026\"]")
            List<String> counties,

            @NotNull @Min(0) @Max(10_000) @Schema(description = "The fee while covered; 100 is 1 %.", examples = "100")
            Integer feeBasisPoints,

            @NotNull @Schema(description = "First instant covered.", examples = "2026-11-01T00:00:00Z")
            Instant from,

            @Nullable @Schema(description = "First instant no longer covered; absent: no end.", examples = "2027-11-01T00:00:00Z")
            Instant to) {
        /** The database keeps microseconds: what it could not tell apart must not pass as two times. */
        Terms {
            from = microseconds(from);
            to = microseconds(to);
        }

        @AssertTrue(message = "must be codes of 1 to 32 letters, digits, '.', '_' or '-'") @Schema(hidden = true)
        boolean isCounties() {
            return counties == null || counties.stream().allMatch(code -> code != null && code.matches(COUNTY_CODE));
        }

        @AssertTrue(message = "must be after from") @Schema(hidden = true)
        boolean isTo() {
            return from == null || to == null || to.isAfter(from) && Rfc3339.canWrite(to);
        }

        @AssertTrue(message = "must be a time in RFC 3339") @Schema(hidden = true)
        boolean isFrom() {
            return from == null || Rfc3339.canWrite(from);
        }

        private static @Nullable Instant microseconds(@Nullable Instant time) {
            return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
        }

        FeeProgramme programme(String id) {
            return new FeeProgramme(id, name, Set.copyOf(counties), new Rate(feeBasisPoints), from, to);
        }
    }

    @Schema(name = "FeeProgramme")
    record View(
            String programmeId,
            String name,
            List<String> counties,
            int feeBasisPoints,
            Instant from,
            @Nullable Instant to) {
        static View of(FeeProgramme programme) {
            return new View(
                    programme.id(),
                    programme.name(),
                    programme.counties().stream().sorted().toList(),
                    programme.feeRate().basisPoints(),
                    programme.from(),
                    programme.to());
        }
    }

    @PUT
    @Path("/{id}")
    @Operation(
            summary = "Set a fee programme",
            description =
                    "Makes the programme or replaces it. New terms count for payments from then on, inside their time;"
                            + " what was paid before keeps the terms of its time. First terms count for all payments"
                            + " inside their time that are not in the ledger yet.")
    public Uni<View> put(
            @Parameter(description = "Chosen by the operator.", example = "zhashui-2026")
                    @Pattern(regexp = ID, message = "must be 1 to 64 letters, digits or hyphens, no hyphen first") String id,
            @NotNull @Valid Terms terms) {
        return programmes
                .put(terms.programme(id), caller.getSubject())
                .invoke(programme -> LOG.infof(
                        "fee programme set programmeId=%s feeBasisPoints=%d",
                        id, programme.feeRate().basisPoints()))
                .map(View::of);
    }

    @GET
    @Operation(summary = "List fee programmes", description = "In the order of their ids, past ones included.")
    public Uni<Page<View>> list(
            @Parameter(description = "1 to 200, 50 unless said.") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "nextCursor of the page before.") @QueryParam("cursor") @Nullable String cursor) {
        PageRequest<String> asked = PageRequest.parse(limit, cursor, FeeProgrammeResource::id);
        return listed(asked).map(found -> Page.of(asked, found, FeeProgramme::id, View::of));
    }

    private Uni<List<FeeProgramme>> listed(PageRequest<String> asked) {
        String after = asked.after();
        return after == null
                ? programmes.from("", asked.rowsToFetch())
                : programmes.from(after, 1 + asked.rowsToFetch()).map(found -> behind(after, found));
    }

    /** No programme is ever removed: a cursor that names none is no cursor. */
    private static List<FeeProgramme> behind(String id, List<FeeProgramme> found) {
        if (found.isEmpty() || !found.get(0).id().equals(id)) {
            throw new InvalidField("cursor", "cannot be read");
        }
        return found.subList(1, found.size());
    }

    private static String id(String cursor) {
        if (!cursor.matches(ID)) {
            throw new IllegalArgumentException("not the id of a programme");
        }
        return cursor;
    }
}
