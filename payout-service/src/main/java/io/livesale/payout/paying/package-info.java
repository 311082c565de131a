/** Payouts on their way: sent to the provider, ended by what it tells, held and released by operators, looked at. */
@NullMarked
package io.livesale.payout.paying;

import org.jspecify.annotations.NullMarked;
