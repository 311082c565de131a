package io.livesale.payout;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who did what, for good: the service's database role may add entries and read them, never change or delete them. */
@ApplicationScoped
public class Audit {
    /** The actor of what the service does by itself. */
    public static final String SERVICE = "payout-service";

    private static final String RECORD = """
            INSERT INTO audit_entry (actor, action, subject, detail, recorded_at)
            VALUES ($1, $2, $3, $4, $5)
            """;

    /** What can be done. The names are stored. */
    public enum Action {
        /** Subject: the settlement's id. */
        SETTLEMENT_STARTED,
        /** Subject: the payout's id; the detail is the reason. */
        PAYOUT_HELD,
        PAYOUT_RELEASED,
        PAYOUT_CANCELLED,
        /** Subject: the payout's id; the detail is what was known and what the provider told. */
        PAYOUT_CONTRADICTED,
        /** Subject: the payout's id; the detail is what a person found out. */
        PAYOUT_RESOLVED,
        /** Subject: the payout's id; the detail is what was told of it and is known again. */
        PAYOUT_RECOVERED,
        /** Subject: the payee's user id; the detail holds no number, not even a masked one. */
        PAYOUT_ACCOUNT_CHANGED,
        /** Subject: the programme's id; the detail tells its terms. */
        FEE_PROGRAMME_SET,
        /** Subject: the order's id. Recorded by the table of refunds itself, see V4__statements_and_audit.sql. */
        ORDER_REFUNDED
    }

    private final Clock clock;

    Audit(Clock clock) {
        this.clock = clock;
    }

    /**
     * Adds an entry in the transaction of what it tells, so that neither is there without the other.
     *
     * @param actor a user id, or {@link #SERVICE}
     * @param subject what it was done to
     */
    public Uni<Void> record(
            SqlConnection connection, String actor, Action action, String subject, @Nullable String detail) {
        Tuple entry = Tuple.from(Arrays.asList(
                actor, action.name(), subject, detail, clock.instant().atOffset(ZoneOffset.UTC)));
        return connection.preparedQuery(RECORD).execute(entry).replaceWithVoid();
    }
}
