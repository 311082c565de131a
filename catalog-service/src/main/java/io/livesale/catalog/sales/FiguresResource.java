package io.livesale.catalog.sales;

import io.livesale.catalog.Offers;
import io.livesale.catalog.Sessions;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/sessions/{id}/figures")
@Tag(name = "Sessions")
class FiguresResource {
    private final Sessions sessions;
    private final Offers offers;
    private final JsonWebToken caller;

    FiguresResource(Sessions sessions, Offers offers, JsonWebToken caller) {
        this.sessions = sessions;
        this.offers = offers;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("creator")
    @WithSession
    @Operation(
            summary = "How the session's offers sell",
            description = "Orders, units, gross and own commission of each offer, as order-service last told.")
    @APIResponse(responseCode = "200", description = "Figures in the order the offers were made")
    @APIResponse(responseCode = "404", description = "The session is not the caller's")
    public Uni<SessionFigures> get(@RestPath UUID id) {
        return sessions.requireOwn(id, caller.getSubject())
                .chain(session -> offers.of(session))
                .map(made -> SessionFigures.of(id, made));
    }
}
