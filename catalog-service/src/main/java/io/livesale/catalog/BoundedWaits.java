package io.livesale.catalog;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request waits only so long for a connection: a full pool or a stopped database is told, not sat out. */
@Singleton
public class BoundedWaits implements PgPoolCreator {
    @ConfigMapping(prefix = "catalog.database")
    interface DatabaseSettings {
        /** Longest wait for a connection. Shorter than a client's patience, longer than any healthy queue. */
        @WithDefault("PT5S")
        Duration longestWait();

        /** A connection silent for so long is closed, idle or waiting. Longer than any statement may take. */
        @WithDefault("PT1M")
        Duration longestSilence();
    }

    private final DatabaseSettings settings;
    private volatile @Nullable PgConnectOptions connecting;

    BoundedWaits(DatabaseSettings settings) {
        this.settings = settings;
    }

    @Override
    public Pool create(Input input) {
        // A host that vanished without a word is noticed here; a query under way fails and is tried elsewhere.
        input.pgConnectOptionsList()
                .forEach(options -> options.setTcpKeepAlive(true)
                        .setIdleTimeout(
                                Math.toIntExact(settings.longestSilence().toMillis()))
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        connecting = input.pgConnectOptionsList().get(0);
        int wait = Math.toIntExact(settings.longestWait().toMillis());
        return PgBuilder.pool()
                .with(input.poolOptions().setConnectionTimeout(wait).setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .connectingTo(List.copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }

    /** How the pool connects: for a connection that is not of the pool, because it listens for as long as it lives. */
    public PgConnectOptions connecting() {
        PgConnectOptions options = connecting;
        if (options == null) {
            throw new IllegalStateException("the pool is not there yet");
        }
        return options;
    }
}
