/** Sellers list products and adjust their stock, one by one or by file. */
@NullMarked
package io.livesale.catalog.listing;

import org.jspecify.annotations.NullMarked;
