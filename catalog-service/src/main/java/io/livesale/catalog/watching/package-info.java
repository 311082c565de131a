/** What people see: the pages, and a session's changes while they happen. */
@NullMarked
package io.livesale.catalog.watching;

import org.jspecify.annotations.NullMarked;
