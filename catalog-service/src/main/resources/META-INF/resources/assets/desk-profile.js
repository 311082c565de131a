/** The creator's own profile: what viewers read, and where the verification stands. */
import { Form } from './form.js';
import { time } from './format.js';
import { explain, t } from './messages.js';
import { Problem } from './parts.js';
import { Fragment, h } from './view.js';

const TONES = { PENDING: 'warn', VERIFIED: 'good', REJECTED: 'bad' };

export function Profile({ page: { profile, counties }, act }) {
  return h(
    'section',
    { class: 'card stack', 'aria-labelledby': 'profile-title', 'data-verification': profile?.verification },
    h(
      'div',
      { class: 'row spread' },
      h('h2', { id: 'profile-title', tabIndex: -1 }, t('profile')),
      profile?.verification && h(Verification, { status: profile.verification }),
    ),
    content(profile, counties, act),
  );
}

export const Verification = ({ status }) => h('span', { class: `badge ${TONES[status]}` }, t(`creator.${status}`));

/** undefined is not known yet, null none, and a failure says why nobody knows. */
function content(profile, counties, act) {
  if (profile === undefined || !counties) {
    return h('p', { class: 'muted' }, t('loading'));
  }
  if (profile?.failure) {
    return h(Problem, { text: explain(profile.failure) });
  }
  if (!profile) {
    return h(Fragment, null, h('p', null, t('profile.none')), h(ProfileForm, { counties, act }));
  }
  return h(
    Fragment,
    null,
    h('p', null, h('strong', null, profile.displayName), ' ', h('span', { class: 'muted' }, countyName(counties, profile.homeCounty))),
    profile.verificationReason && h('p', null, t('creator.reason', { reason: profile.verificationReason })),
    profile.history?.length > 1 && h('details', null, h('summary', null, t('creator.history')), h(Decisions, { decisions: profile.history })),
    h('details', null, h('summary', null, t('change')), h(ProfileForm, { profile, counties, act })),
  );
}

function ProfileForm({ profile, counties, act }) {
  const known = Object.values(counties).map(county => [county.code, t('county.name', county)]);
  const home = profile?.homeCounty;
  const unlisted = home && !counties[home] ? [[home, home]] : [];
  return h(Form, {
    id: 'profile',
    fields: [
      {
        name: 'displayName',
        label: t('profile.name'),
        hint: t('profile.name.hint'),
        value: profile?.displayName,
        required: true,
        maxLength: 100,
        autocomplete: 'nickname',
      },
      {
        name: 'homeCounty',
        label: t('profile.county'),
        value: home ?? '',
        options: [['', t('profile.county.none')], ...unlisted, ...known],
      },
    ],
    buttons: [{ text: t('save'), class: profile ? '' : 'primary' }],
    onSubmit: act.introduce,
  });
}

/** A county by its name as far as it is known. */
export const countyName = (counties = {}, code) => (counties[code] ? t('county.name', counties[code]) : code);

export function Decisions({ decisions }) {
  return h(
    'ul',
    { class: 'decisions small' },
    decisions.map(({ at, status, reason, decidedBy }) =>
      h(
        'li',
        { key: at },
        t('creator.decision', { time: time(at), status: t(`creator.${status}`), reason }),
        decidedBy && h('span', { class: 'muted' }, ` ${t('creator.decidedBy', { name: decidedBy })}`),
      ),
    ),
  );
}
