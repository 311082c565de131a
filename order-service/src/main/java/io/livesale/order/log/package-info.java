/** The command log: what appending to it durably means. */
@NullMarked
package io.livesale.order.log;

import org.jspecify.annotations.NullMarked;
