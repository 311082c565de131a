/** Sends the outbox to {@code payouts.v1}. */
@NullMarked
package io.livesale.payout.publishing;

import org.jspecify.annotations.NullMarked;
