/** Creators introduce themselves; operators verify or reject them. */
@NullMarked
package io.livesale.catalog.verification;

import org.jspecify.annotations.NullMarked;
