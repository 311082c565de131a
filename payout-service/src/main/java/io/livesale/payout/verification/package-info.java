/** The ledger is checked against itself. */
@NullMarked
package io.livesale.payout.verification;

import org.jspecify.annotations.NullMarked;
