package io.livesale.payout;

import java.util.Locale;

/** Where money stands. An account has one balance per currency; its name is its key in the ledger. */
public sealed interface Account {
    /** Unique over all accounts, and never changed: postings carry it for ever. */
    String accountName();

    /** The accounts that exist once. Every sale touches them, so a batch changes each of them only once. */
    enum Platform implements Account {
        /** What the payment provider owes us, as a negative balance. */
        PSP_CLEARING("psp-clearing"),
        FEES("platform:fees");

        private final String accountName;

        Platform(String accountName) {
            this.accountName = accountName;
        }

        @Override
        public String accountName() {
            return accountName;
        }
    }

    /** One person's money in one stage on its way to them, whether earned as seller or as creator. */
    record Party(String userId, Stage stage) implements Account {
        public Party {
            if (userId.isEmpty()) {
                throw new IllegalArgumentException("a party has a user id");
            }
        }

        /** The stage comes last and holds no colon, so that no user id can imitate another account. */
        @Override
        public String accountName() {
            return "party:" + userId + ":"
                    + stage.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** {@link #PAID} is DOMAIN.md's "bank", kept per person: what has arrived there. */
    enum Stage {
        PENDING,
        AVAILABLE,
        RESERVED,
        IN_TRANSIT,
        PAID
    }
}
