/** A creator or seller reads what they have earned: balances and statement lines. */
@NullMarked
package io.livesale.payout.earnings;

import org.jspecify.annotations.NullMarked;
