/** Where payees are paid: payout accounts, sealed at rest, masked in every answer, and verified by the provider. */
@NullMarked
package io.livesale.payout.accounts;

import org.jspecify.annotations.NullMarked;
