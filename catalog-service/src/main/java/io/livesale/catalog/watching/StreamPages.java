package io.livesale.catalog.watching;

import io.livesale.catalog.Money;
import io.livesale.catalog.Offer;
import io.livesale.catalog.Offers;
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
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestPath;

/** The pages as they are now: what is on sale, made on the server; buying and live updates are not in them yet. */
@Path("/")
@PermitAll
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class StreamPages {
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Sessions sessions;
    private final Offers offers;

    StreamPages(Sessions sessions, Offers offers) {
        this.sessions = sessions;
        this.offers = offers;
    }

    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance now(List<Link> sessions);

        static native TemplateInstance live(String title, String status, List<Shown> offers);
    }

    /** A session to go to. */
    record Link(UUID sessionId, String title) {}

    /**
     * An offer as the page shows it.
     *
     * @param price in major units with the currency's code, {@code 19.90 CNY}
     * @param remaining units, or nothing for gifts
     */
    record Shown(String title, String price, String remaining, boolean open, boolean soldOut, boolean pinned) {
        static Shown of(Offer offer, Session session) {
            return new Shown(
                    offer.title(),
                    format(offer.price()),
                    offer.remaining().map(units -> Long.toString(units)).orElse(""),
                    offer.status() == Offer.Status.OPEN,
                    offer.soldOut(),
                    offer.id().equals(session.pinnedOfferId()));
        }

        private static String format(Money price) {
            int digits = price.currency().getDefaultFractionDigits();
            return BigDecimal.valueOf(price.amount(), digits).toPlainString() + " "
                    + price.currency().getCurrencyCode();
        }
    }

    @GET
    @ResponseHeader(name = "Content-Security-Policy", value = POLICY)
    @WithSession
    @Operation(hidden = true)
    public Uni<TemplateInstance> now() {
        return sessions.list(Session.Status.LIVE, PageRequest.byUuid(null, null))
                .map(live -> Templates.now(live.stream()
                        .map(session -> new Link(session.id(), session.title()))
                        .toList()));
    }

    @GET
    @Path("live/{sessionId}")
    @ResponseHeader(name = "Content-Security-Policy", value = POLICY)
    @WithSession
    @Operation(hidden = true)
    public Uni<TemplateInstance> live(@RestPath UUID sessionId) {
        return sessions.require(sessionId).chain(session -> offers.of(session).map(made -> page(session, made)));
    }

    private static TemplateInstance page(Session session, List<Offer> made) {
        return Templates.live(
                session.title(),
                session.status().name(),
                made.stream().map(offer -> Shown.of(offer, session)).toList());
    }
}
