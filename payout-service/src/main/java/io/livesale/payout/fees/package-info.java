/** Operators set fee programmes: a lower platform fee for the products of some counties. */
@NullMarked
package io.livesale.payout.fees;

import org.jspecify.annotations.NullMarked;
