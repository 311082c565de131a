package io.livesale.catalog.watching;

import io.livesale.catalog.SessionView;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/sessions/{id}/updates")
@Tag(name = "Sessions")
class UpdatesResource {
    private final SessionFeeds feeds;

    UpdatesResource(SessionFeeds feeds) {
        this.feeds = feeds;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @PermitAll
    @Operation(
            summary = "Follow a session",
            description = "Server-sent events. `session` is the whole session with its offers: at once, after every"
                    + " reconnect, and whenever the session itself or the set of its offers has changed. `pin` is"
                    + " `{sessionId, pinnedOfferId?, offer?}`: what is shown large now, absent for nothing. `offer` is"
                    + " one offer as it is now. Ends once the session has ended, or after a while: come back then.")
    @APIResponse(
            responseCode = "200",
            description = "A stream of events",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = SessionView.class)))
    @APIResponse(
            responseCode = "204",
            description = "`Last-Event-ID` says that the session's end was seen: come back no more")
    @APIResponse(responseCode = "404", description = "NOT_FOUND")
    @APIResponse(responseCode = "503", description = "UNAVAILABLE: too many viewers; ask for the session instead")
    public Uni<Void> follow(@RestPath UUID id, @Context HttpServerRequest request) {
        return feeds.follow(id, request);
    }
}
