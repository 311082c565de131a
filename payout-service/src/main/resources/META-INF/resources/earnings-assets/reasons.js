/** Why a payout or an account is what it is. */
import { t } from '/assets/messages.js';

const OWN = {
  'Payouts of this size are looked at before they are sent.': 'reason.large',
  'An earlier payout is looked at before this one is sent.': 'reason.doubtful',
  'It was replaced before it was verified.': 'reason.replaced',
  'The provider gave no reason.': 'reason.unsaid',
};

/** What the service itself says, in the viewer's language; what a person or the provider said, in theirs. */
export const why = reason => (Object.hasOwn(OWN, reason) ? t(OWN[reason]) : reason);
