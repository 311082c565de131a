/** The command log: appending to it, and reading topics from end to end. */
@NullMarked
package io.livesale.order.log;

import org.jspecify.annotations.NullMarked;
