package io.livesale.order.intake;

import io.livesale.order.OrderSettings;
import io.livesale.order.Problem;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Comes after authentication and before all else, so that whoever presses too fast costs next to nothing. */
class PaceFilter {
    private final boolean enabled;
    private final BuyerPace pace;
    private final IntakeMeters meters;
    private final JsonWebToken token;

    PaceFilter(OrderSettings settings, BuyerPace pace, IntakeMeters meters, JsonWebToken token) {
        this.enabled = settings.intake().pace().enabled();
        this.pace = pace;
        this.meters = meters;
        this.token = token;
    }

    @Paced
    @ServerRequestFilter
    public void check() {
        if (enabled && !pace.admits(token.getSubject())) {
            meters.turnedAway(Problem.TOO_MANY_ORDERS);
            throw Problem.TOO_MANY_ORDERS.because("Wait a second; nothing was recorded of this request.");
        }
    }
}
