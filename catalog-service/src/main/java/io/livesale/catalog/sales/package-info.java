/** Applies what order-service tells on {@code offer-sales.v1} to offers and to the stock of their products. */
@NullMarked
package io.livesale.catalog.sales;

import org.jspecify.annotations.NullMarked;
