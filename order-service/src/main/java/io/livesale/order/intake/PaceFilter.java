package io.livesale.order.intake;

import com.github.benmanes.caffeine.cache.Ticker;
import io.livesale.order.OrderSettings;
import io.livesale.order.Paced;
import io.livesale.order.Problem;
import io.livesale.order.SellerPaced;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Comes after authentication and before all else, so that whoever presses too fast costs next to nothing. */
@ApplicationScoped // Made when first used: filters are put in place before there are settings.
class PaceFilter {
    private final boolean enabled;
    private final Pace buyers;
    private final Pace sellers;
    private final IntakeMeters meters;
    private final JsonWebToken token;

    PaceFilter(OrderSettings settings, IntakeMeters meters, JsonWebToken token) {
        OrderSettings.Pace pace = settings.intake().pace();
        this.enabled = pace.enabled();
        this.buyers = new Pace(pace.burst(), pace.perSecond(), Ticker.systemTicker());
        this.sellers = new Pace(pace.sellers().burst(), pace.sellers().perSecond(), Ticker.systemTicker());
        this.meters = meters;
        this.token = token;
    }

    @Paced
    @ServerRequestFilter
    public void checkBuyer() {
        check(buyers);
    }

    @SellerPaced
    @ServerRequestFilter
    public void checkSeller() {
        check(sellers);
    }

    private void check(Pace pace) {
        if (enabled && !pace.admits(token.getSubject())) {
            meters.turnedAway(Problem.TOO_MANY_ORDERS);
            throw Problem.TOO_MANY_ORDERS.because("Wait a second; nothing was recorded of this request.");
        }
    }
}
