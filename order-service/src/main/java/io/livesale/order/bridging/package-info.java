/** Bringing catalog's openings and closings into the command log. */
@NullMarked
package io.livesale.order.bridging;

import org.jspecify.annotations.NullMarked;
