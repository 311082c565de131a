package io.livesale.order.intake;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A replica takes orders only once it knows the offers; a broker lost later does not take its reads away. */
@Readiness
@ApplicationScoped
class BoardReadiness implements HealthCheck {
    private final OfferBoard board;

    BoardReadiness(OfferBoard board) {
        this.board = board;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("offer board").status(board.complete()).build();
    }
}
