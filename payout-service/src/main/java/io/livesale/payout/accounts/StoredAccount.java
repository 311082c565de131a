package io.livesale.payout.accounts;

import io.livesale.payout.AccountSeal;
import io.livesale.payout.AccountSeal.Sealed;
import io.livesale.payout.PayoutAccount;
import io.livesale.payout.PayoutAccount.Kind;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payout account as it is stored.
 *
 * @param version 1 for a payee's first; a payout keeps the version it was made for
 * @param reason why it was rejected
 */
record StoredAccount(
        String userId,
        int version,
        Kind kind,
        String holder,
        Sealed number,
        String maskedNumber,
        Status status,
        @Nullable String reason,
        Instant changedAt) {
    enum Status {
        /** The provider has not answered yet. */
        PENDING,
        VERIFIED,
        REJECTED
    }

    /** What {@link #of} reads. */
    static final String COLUMNS = """
            payout_account.user_id, payout_account.version, payout_account.kind, payout_account.holder,
            payout_account.key_id, payout_account.sealed_number, payout_account.masked_number, payout_account.status,
            payout_account.reason, payout_account.changed_at""";

    static StoredAccount of(Row row) {
        return new StoredAccount(
                row.getString("user_id"),
                row.getInteger("version"),
                Kind.valueOf(row.getString("kind")),
                row.getString("holder"),
                new Sealed(row.getString("key_id"), row.getString("sealed_number")),
                row.getString("masked_number"),
                Status.valueOf(row.getString("status")),
                row.getString("reason"),
                row.getOffsetDateTime("changed_at").toInstant());
    }

    PayoutAccount open(AccountSeal seal) {
        return new PayoutAccount(kind, holder, seal.open(userId, number));
    }
}
