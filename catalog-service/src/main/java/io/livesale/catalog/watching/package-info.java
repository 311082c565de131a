/** What viewers see: the stream page and the list of sessions that are live. */
@NullMarked
package io.livesale.catalog.watching;

import org.jspecify.annotations.NullMarked;
