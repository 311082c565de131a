package io.livesale.catalog.verification;

import io.livesale.catalog.Choice;
import io.livesale.catalog.Counties;
import io.livesale.catalog.CountyCode;
import io.livesale.catalog.Creator;
import io.livesale.catalog.Creator.Verification;
import io.livesale.catalog.Creators;
import io.livesale.catalog.Page;
import io.livesale.catalog.PageRequest;
import io.livesale.catalog.Text;
import io.livesale.catalog.VerificationDecision;
import io.livesale.catalog.VerificationHistory;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/creators")
@Tag(name = "Creators")
class CreatorResource {
    private static final Logger LOG = Logger.getLogger(CreatorResource.class);

    private final Creators creators;
    private final VerificationHistory history;
    private final Counties counties;
    private final JsonWebToken caller;

    CreatorResource(Creators creators, VerificationHistory history, Counties counties, JsonWebToken caller) {
        this.creators = creators;
        this.history = history;
        this.counties = counties;
        this.caller = caller;
    }

    record ProfileBody(
            @NotBlank @Text(max = 100) @Nullable String displayName,

            @Pattern(regexp = CountyCode.FORM, message = CountyCode.MESSAGE) @Nullable String homeCounty) {}

    @PUT
    @Path("me")
    @RolesAllowed("creator")
    @WithTransaction
    @Operation(
            summary = "Introduce yourself",
            description =
                    "Makes or changes your profile. A new one is PENDING; a change keeps the operator's decision.")
    public Uni<CreatorView> introduce(@NotNull @Valid ProfileBody body) {
        return counties.requireKnown("homeCounty", body.homeCounty())
                .chain(() -> creators.ownLocked(caller.getSubject()))
                .invoke(creator -> creator.introduce(body.displayName(), body.homeCounty()))
                .invoke(creator -> LOG.infof("creator introduced creatorId=%s", creator.id()))
                .map(CreatorView::full);
    }

    @GET
    @Path("me")
    @RolesAllowed("creator")
    @WithSession
    @Operation(
            summary = "Your own profile",
            description = "With the operator's reason and the latest decisions; 404 before you introduced yourself.")
    public Uni<CreatorView> me() {
        PageRequest<Long> latest = PageRequest.byNumber(null, null);
        return creators.require(caller.getSubject())
                .chain(creator -> history.of(creator.id(), latest)
                        .map(rows -> Page.of(latest, rows, VerificationDecision::id, VerificationView::of))
                        .map(decisions -> CreatorView.own(creator, decisions.items())));
    }

    @GET
    @Path("{id}")
    @PermitAll
    @WithSession
    @Operation(summary = "A creator's profile")
    public Uni<CreatorView> get(@RestPath @Text(max = 200) String id) {
        return creators.require(id).map(CreatorView::forEveryone);
    }

    @GET
    @RolesAllowed("operator")
    @WithSession
    @Operation(
            summary = "Creators, in the order they introduced themselves",
            description = "All, or those who stand so with ?verification=; ?q= is part of the display name. "
                    + "?verification=PENDING is the queue of those who wait for a decision, longest first.")
    public Uni<Page<CreatorView>> list(
            @RestQuery @Parameter(schema = @Schema(implementation = Verification.class)) @Nullable String verification,
            @RestQuery @Text(max = 100) @Nullable String q,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        PageRequest<Long> page = PageRequest.byNumber(limit, cursor);
        return creators.list(Choice.of(Verification.class, "verification", verification), q, page)
                .map(rows -> Page.of(page, rows, Creator::arrival, CreatorView::full));
    }
}
