/** Paid orders become sales in the ledger: reads orders.v1, posts each sale once, sets aside what cannot be read. */
@NullMarked
package io.livesale.payout.posting;

import org.jspecify.annotations.NullMarked;
