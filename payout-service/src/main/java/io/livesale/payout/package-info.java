/**
 * The money's rules: exact amounts, how a sale is split, and what the ledger accepts. They ask no clock and do no I/O;
 * beside them stands what every feature shares: settings, refusals, pages of a list, the stored fee programmes.
 */
@NullMarked
package io.livesale.payout;

import org.jspecify.annotations.NullMarked;
