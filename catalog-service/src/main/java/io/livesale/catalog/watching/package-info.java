/** What people see: the stream page, the list of sessions that are live, the desks of creators and operators. */
@NullMarked
package io.livesale.catalog.watching;

import org.jspecify.annotations.NullMarked;
