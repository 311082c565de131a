/**
 * After a restore of the database: payouts.v1 has told of every payout, so what the database does not know of them can be
 * booked, and nobody is paid twice.
 */
@NullMarked
package io.livesale.payout.recovering;

import org.jspecify.annotations.NullMarked;
