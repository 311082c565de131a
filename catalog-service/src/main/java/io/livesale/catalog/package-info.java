/**
 * What is for sale: counties, creators, products with their stock, sessions and offers, the rules they keep, and the
 * table of events that leave with them. Asks no clock and rolls no dice.
 */
@NullMarked
package io.livesale.catalog;

import org.jspecify.annotations.NullMarked;
