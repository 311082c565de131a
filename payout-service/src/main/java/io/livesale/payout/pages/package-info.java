/**
 * What people see of the money: their earnings, a month's statement to print, the impact report, the audit log. The
 * frame, the look and the parts of the pages are catalog-service's, loaded from the same origin; what is here is what
 * they say.
 */
@NullMarked
package io.livesale.payout.pages;

import org.jspecify.annotations.NullMarked;
