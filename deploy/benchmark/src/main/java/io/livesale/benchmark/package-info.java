/**
 * Measures order-service: what it accepts and decides, against what this machine's HTTP, disk and PostgreSQL could give.
 * Everything in one run, so that the figures can be divided by each other. And catalog-service: how soon a change is seen
 * by all who watch; and payout-service: how fast it posts what was paid, and how soon it has verified its ledger.
 */
@NullMarked
package io.livesale.benchmark;

import org.jspecify.annotations.NullMarked;
