/** What every answer over HTTP has in common: how JSON is read, and errors as RFC 9457 problems. */
@NullMarked
package io.livesale.payout.web;

import org.jspecify.annotations.NullMarked;
