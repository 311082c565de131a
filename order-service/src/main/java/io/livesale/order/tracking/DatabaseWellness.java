package io.livesale.order.tracking;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Tells whoever looks at the service whether the database answers. No probe asks for it: orders are taken without it, and
 * a replica taken out of service or started anew for its sake would take none.
 */
@Wellness
@Singleton
class DatabaseWellness implements HealthCheck {
    private final Backlog backlog;

    DatabaseWellness(Backlog backlog) {
        this.backlog = backlog;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database").status(backlog.isFresh()).build();
    }
}
