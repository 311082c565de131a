/**
 * The life of an order: commands, the rules that decide them ({@link io.livesale.order.OrderBook}, without I/O or clock)
 * and the events they leave; and the few tools that more than one feature needs to read, send and retry.
 */
@NullMarked
package io.livesale.order;

import org.jspecify.annotations.NullMarked;
