/** Counts the stock anew and tells where it does not add up. */
@NullMarked
package io.livesale.catalog.reconciliation;

import org.jspecify.annotations.NullMarked;
