/** Operators say which counties there are and which of them are designated. */
@NullMarked
package io.livesale.catalog.designation;

import org.jspecify.annotations.NullMarked;
