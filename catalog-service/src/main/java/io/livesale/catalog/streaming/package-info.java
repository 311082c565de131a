/** Creators run sessions and put offers in them: make, open, pin, close. */
@NullMarked
package io.livesale.catalog.streaming;

import org.jspecify.annotations.NullMarked;
