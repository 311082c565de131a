package io.livesale.payout;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A request waits only so long for a connection: a full pool or a stopped database is told, not sat out. */
@Singleton
class BoundedWaits implements PgPoolCreator {
    @ConfigMapping(prefix = "payout.database")
    interface DatabaseSettings {
        /** Longest wait for a connection. Shorter than a client's patience, longer than any healthy queue. */
        @WithDefault("PT5S")
        Duration longestWait();
    }

    private final DatabaseSettings settings;

    BoundedWaits(DatabaseSettings settings) {
        this.settings = settings;
    }

    @Override
    public Pool create(Input input) {
        int wait = Math.toIntExact(settings.longestWait().toMillis());
        return PgBuilder.pool()
                .with(input.poolOptions().setConnectionTimeout(wait).setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .connectingTo(List.copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
