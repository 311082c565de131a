/** Operators look up who did what. */
@NullMarked
package io.livesale.payout.audit;

import org.jspecify.annotations.NullMarked;
