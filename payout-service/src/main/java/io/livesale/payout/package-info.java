/**
 * The money's rules: exact amounts, how a sale is split, what the ledger accepts, how a payout may change. They ask no
 * clock and do no I/O; beside them stands what every feature shares: settings, the clock, refusals, pages of a list, the
 * stored fee programmes and payouts, the ledger's three statements, the outbox, the audit log, the seal of account
 * numbers.
 */
@NullMarked
package io.livesale.payout;

import org.jspecify.annotations.NullMarked;
