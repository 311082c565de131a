package io.livesale.catalog.verification;

import io.livesale.catalog.Counties;
import io.livesale.catalog.CountyCode;
import io.livesale.catalog.Creator;
import io.livesale.catalog.Creator.Verification;
import io.livesale.catalog.Creators;
import io.livesale.catalog.Text;
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
import java.time.Clock;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

@Path("/creators")
@Tag(name = "Creators")
class CreatorResource {
    private static final Logger LOG = Logger.getLogger(CreatorResource.class);

    private final Creators creators;
    private final Counties counties;
    private final JsonWebToken caller;
    private final Clock clock;

    CreatorResource(Creators creators, Counties counties, JsonWebToken caller, Clock clock) {
        this.creators = creators;
        this.counties = counties;
        this.caller = caller;
        this.clock = clock;
    }

    record ProfileBody(
            @NotBlank @Text(max = 100) @Nullable String displayName,

            @Pattern(regexp = CountyCode.FORM, message = CountyCode.MESSAGE) @Nullable String homeCounty) {}

    /** What an operator may decide; PENDING is where everybody starts and nobody returns. */
    enum Decision {
        VERIFIED(Verification.VERIFIED),
        REJECTED(Verification.REJECTED);

        private final Verification verification;

        Decision(Verification verification) {
            this.verification = verification;
        }
    }

    record DecisionBody(
            @NotNull @Nullable Decision status,
            @NotBlank @Text(max = 500) @Nullable String reason) {}

    /** {@code verificationReason} is told to the creator and to operators, never to the public. */
    record CreatorView(
            String creatorId,
            String displayName,
            @Nullable String homeCounty,
            Verification verification,
            @Nullable String verificationReason) {
        static CreatorView full(Creator creator) {
            return new CreatorView(
                    creator.id(),
                    creator.displayName(),
                    creator.homeCounty(),
                    creator.verification(),
                    creator.verificationReason());
        }

        static CreatorView forEveryone(Creator creator) {
            return new CreatorView(
                    creator.id(), creator.displayName(), creator.homeCounty(), creator.verification(), null);
        }
    }

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
    @Path("{id}")
    @PermitAll
    @WithSession
    @Operation(summary = "A creator's profile")
    public Uni<CreatorView> get(@RestPath @Text(max = 200) String id) {
        return creators.require(id).map(CreatorView::forEveryone);
    }

    @PUT
    @Path("{id}/verification")
    @RolesAllowed("operator")
    @WithTransaction
    @Operation(
            summary = "Verify or reject a creator",
            description = "Decides whether the creator's offers can open from now on; open offers stay open. "
                    + "A later decision replaces this one.")
    public Uni<CreatorView> decide(@RestPath @Text(max = 200) String id, @NotNull @Valid DecisionBody body) {
        return creators.requireLocked(id)
                .invoke(creator -> creator.decide(body.status().verification, body.reason(), clock.instant()))
                .invoke(creator ->
                        LOG.infof("creator decided creatorId=%s verification=%s", id, creator.verification()))
                .map(CreatorView::full);
    }
}
