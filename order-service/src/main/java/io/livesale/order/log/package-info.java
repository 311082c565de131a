/** The command log: what appending to it durably means, and what may leave it. */
@NullMarked
package io.livesale.order.log;

import org.jspecify.annotations.NullMarked;
