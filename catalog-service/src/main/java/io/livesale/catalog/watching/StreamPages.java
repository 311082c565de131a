package io.livesale.catalog.watching;

import io.livesale.catalog.Creators;
import io.livesale.catalog.Offers;
import io.livesale.catalog.Page;
import io.livesale.catalog.PageRequest;
import io.livesale.catalog.Session;
import io.livesale.catalog.Sessions;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jspecify.annotations.Nullable;

/** The sessions that are live, and the stream page, whose script follows the session and takes orders. */
@Path("/")
@PermitAll
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class StreamPages {
    private final Shells shells;
    private final Sessions sessions;
    private final Offers offers;
    private final Creators creators;

    StreamPages(Shells shells, Sessions sessions, Offers offers, Creators creators) {
        this.shells = shells;
        this.sessions = sessions;
        this.offers = offers;
        this.creators = creators;
    }

    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance now(Shell shell, List<Listed> sessions, @Nullable String nextCursor);

        static native TemplateInstance live(Shell shell, UUID sessionId, String title, String creator);

        static native TemplateInstance missing(Shell shell);
    }

    /**
     * A session to go to.
     *
     * @param creator what the creator is called; empty for one without a profile
     * @param open its open offers
     */
    record Listed(UUID sessionId, String title, String creator, long open) {
        public String offers(Shell shell) {
            return shell.say(open + " 件在售", open + (open == 1 ? " offer" : " offers"));
        }
    }

    @GET
    @WithSession
    @Operation(hidden = true)
    public Uni<RestResponse<String>> now(@RestQuery @Nullable String cursor, @Context HttpHeaders headers) {
        PageRequest<UUID> asked = PageRequest.byUuid(null, cursor);
        return sessions.list(Session.Status.LIVE, asked)
                .chain(live -> listed(Page.of(asked, live, Session::id, session -> session)))
                .chain(page ->
                        Shells.answer(Status.OK, Templates.now(shells.of(headers), page.items(), page.nextCursor())));
    }

    private Uni<Page<Listed>> listed(Page<Session> live) {
        List<UUID> ids = live.items().stream().map(Session::id).toList();
        List<String> creatorIds =
                live.items().stream().map(Session::creatorId).distinct().toList();
        return creators.names(creatorIds)
                .chain(names -> offers.countOpen(ids)
                        .map(open -> new Page<>(
                                live.items().stream()
                                        .map(session -> listed(session, names, open))
                                        .toList(),
                                live.nextCursor())));
    }

    private static Listed listed(Session session, Map<String, String> names, Map<UUID, Long> open) {
        return new Listed(
                session.id(),
                session.title(),
                names.getOrDefault(session.creatorId(), ""),
                open.getOrDefault(session.id(), 0L));
    }

    @GET
    @Path("live/{sessionId}")
    @WithSession
    @Operation(hidden = true)
    public Uni<RestResponse<String>> live(@RestPath String sessionId, @Context HttpHeaders headers) {
        Shell shell = shells.of(headers);
        return find(sessionId)
                .chain(session -> session == null
                        ? Shells.answer(Status.NOT_FOUND, Templates.missing(shell))
                        : creators.names(List.of(session.creatorId()))
                                .chain(names -> Shells.answer(Status.OK, page(shell, session, names))));
    }

    /** A link that lost its end on the way is as good as an unknown one. */
    private Uni<@Nullable Session> find(String sessionId) {
        try {
            return sessions.findById(UUID.fromString(sessionId));
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().nullItem();
        }
    }

    private static TemplateInstance page(Shell shell, Session session, Map<String, String> names) {
        return Templates.live(shell, session.id(), session.title(), names.getOrDefault(session.creatorId(), ""));
    }
}
