/** Following an order: place in line, outcome, timeline. */
@NullMarked
package io.livesale.order.tracking;

import org.jspecify.annotations.NullMarked;
