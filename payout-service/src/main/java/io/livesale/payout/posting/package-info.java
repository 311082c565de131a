/**
 * Order events become money in the ledger: payments are posted as sales, refunds reverse them, deliveries and
 * completions fix when they are released; in whatever order the events come, and once however often.
 */
@NullMarked
package io.livesale.payout.posting;

import org.jspecify.annotations.NullMarked;
