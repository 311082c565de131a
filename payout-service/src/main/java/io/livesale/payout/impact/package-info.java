/** What the sales came to, and for whom: reads what is told of offers, reports by county, day, programme and session. */
@NullMarked
package io.livesale.payout.impact;

import org.jspecify.annotations.NullMarked;
