package io.livesale.catalog.watching;

import io.livesale.catalog.BoundedWaits;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears from the database which sessions changed, whoever changed them: this replica, another one, or the figures of
 * sales. Notices are not kept for who is away, so after every new connection all that is watched is looked at. A
 * connection without any notice is ended as silent after a while, which shows that it is still one.
 */
@Singleton
class SessionChanges {
    private static final Logger LOG = Logger.getLogger(SessionChanges.class);
    private static final Duration CONNECT_AGAIN = Duration.ofMillis(200);
    /** Attempts after which somebody should know: updates come late meanwhile, with the next check. */
    private static final int WORTH_TELLING = 25;

    private final SessionFeeds feeds;
    private final BoundedWaits database;
    private final Vertx vertx;
    private int failures;
    private volatile boolean stopped;
    private volatile @Nullable PgConnection connection;

    SessionChanges(SessionFeeds feeds, BoundedWaits database, Vertx vertx) {
        this.feeds = feeds;
        this.database = database;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        connect();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        PgConnection last = connection;
        if (last != null) {
            last.close();
        }
    }

    private void connect() {
        if (!stopped) {
            PgConnection.connect(vertx, database.connecting())
                    .compose(this::listen)
                    .onSuccess(listening -> heard())
                    .onFailure(this::notHeard);
        }
    }

    private Future<RowSet<Row>> listen(PgConnection fresh) {
        connection = fresh;
        fresh.notificationHandler(notice -> feeds.changed(UUID.fromString(notice.getPayload())));
        return fresh.query("LISTEN session_changes")
                .execute()
                .onSuccess(listening -> fresh.closeHandler(lost -> connectLater()))
                .onFailure(fault -> fresh.close());
    }

    private void heard() {
        if (failures >= WORTH_TELLING) {
            LOG.infof("session changes heard again attempts=%d", failures);
        }
        failures = 0;
        feeds.check().subscribe().with(done -> {}, failure -> LOG.error("watched sessions not looked at", failure));
    }

    private void notHeard(Throwable fault) {
        failures++;
        if (failures == WORTH_TELLING) {
            LOG.warnf("session changes not heard, viewers learn of them late, connecting again reason=%s", fault);
        }
        connectLater();
    }

    private void connectLater() {
        vertx.setTimer(CONNECT_AGAIN.toMillis(), timer -> connect());
    }
}
