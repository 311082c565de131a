/** Timers free money that is due: sales after their settlement period, reserves after their time. */
@NullMarked
package io.livesale.payout.releasing;

import org.jspecify.annotations.NullMarked;
