/** The life of an order: commands, the rules that decide them, and the events they leave. Pure: no I/O, no clock. */
@NullMarked
package io.livesale.payout;

import org.jspecify.annotations.NullMarked;
