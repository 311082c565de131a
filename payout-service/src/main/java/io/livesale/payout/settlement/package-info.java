/** Settlements: runs that make a payout for every payee who has enough available and an account to pay it to. */
@NullMarked
package io.livesale.payout.settlement;

import org.jspecify.annotations.NullMarked;
