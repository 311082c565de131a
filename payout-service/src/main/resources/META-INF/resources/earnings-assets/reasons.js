/** Why a payout or an account is what it is. */
import { t } from '/assets/messages.js';

const OWN = {
  'Payouts of this size are looked at before they are sent.': 'reason.large',
  'The provider gave no reason.': 'reason.unsaid',
};

/** What the service itself says, in the viewer's language; what a person or the provider said, in theirs. */
export const why = reason => (Object.hasOwn(OWN, reason) ? t(OWN[reason]) : reason);
