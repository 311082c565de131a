/** Sellers list products and adjust their stock. */
@NullMarked
package io.livesale.catalog.listing;

import org.jspecify.annotations.NullMarked;
