/** Sellers and creators see what they have earned: balances, sales, income by day, and each month as the ledger has it. */
@NullMarked
package io.livesale.payout.earnings;

import org.jspecify.annotations.NullMarked;
