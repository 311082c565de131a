/**
 * Measures order-service: what it accepts and decides, against what this machine's HTTP, disk and PostgreSQL could give.
 * Everything in one run, so that the figures can be divided by each other. And catalog-service: how soon a change is seen
 * by all who watch.
 */
@NullMarked
package io.livesale.benchmark;

import org.jspecify.annotations.NullMarked;
