package io.livesale.catalog.verification;

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
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/creators")
@Tag(name = "Creators")
class VerificationResource {
    private static final Logger LOG = Logger.getLogger(VerificationResource.class);

    private final Creators creators;
    private final VerificationHistory history;
    private final JsonWebToken caller;
    private final Clock clock;

    VerificationResource(Creators creators, VerificationHistory history, JsonWebToken caller, Clock clock) {
        this.creators = creators;
        this.history = history;
        this.caller = caller;
        this.clock = clock;
    }

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

    @PUT
    @Path("{id}/verification")
    @RolesAllowed("operator")
    @WithTransaction
    @Operation(
            summary = "Verify or reject a creator",
            description = "Decides whether the creator's offers can open from now on; open offers stay open. A later "
                    + "decision replaces this one, which stays in the history. Saying the same again adds nothing.")
    public Uni<CreatorView> decide(@RestPath @Text(max = 200) String id, @NotNull @Valid DecisionBody body) {
        return creators.requireLocked(id)
                .call(creator -> creator.decide(
                                body.status().verification, body.reason(), caller.getSubject(), clock.instant())
                        .map(this::remember)
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .map(CreatorView::full);
    }

    @GET
    @Path("{id}/verifications")
    @RolesAllowed({"creator", "operator"})
    @WithSession
    @Operation(
            summary = "What operators decided about a creator, newest first",
            description = "For operators, and for creators about themselves.")
    public Uni<Page<VerificationView>> history(
            @RestPath @Text(max = 200) String id,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        PageRequest<Long> page = PageRequest.byNumber(limit, cursor);
        if (!caller.getGroups().contains("operator") && !id.equals(caller.getSubject())) {
            throw Creators.unknown(id);
        }
        return creators.require(id)
                .chain(() -> history.of(id, page))
                .map(rows -> Page.of(page, rows, VerificationDecision::id, VerificationView::of));
    }

    private Uni<Void> remember(VerificationDecision decision) {
        return history.persist(decision)
                .invoke(() -> LOG.infof(
                        "creator decided creatorId=%s verification=%s decidedBy=%s",
                        decision.creatorId(), decision.status(), decision.decidedBy()))
                .replaceWithVoid();
    }
}
