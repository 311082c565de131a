/**
 * Who looks at this page. A deployment names, in `catalog.pages.token-url`, where a browser that is signed in gets its
 * access token, and in `.sign-in-url` where it signs in. The token is kept in memory only.
 */
const { tokenUrl, signInUrl } = document.body.dataset;

/** In milliseconds; everything else waits for the answer. */
const PATIENCE = 10_000;

let asked;

/** A promise of {token, subject, name?, roles}, or of null when nobody is signed in. */
export function viewer() {
  asked ??= ask().catch(failure => {
    asked = undefined;
    throw failure;
  });
  return asked;
}

/** Asks anew: the token may have expired, or somebody else may have signed in. */
export function viewerAnew() {
  asked = undefined;
  return viewer();
}

/** Somebody else may have signed in while this page was out of sight; it is not theirs. */
export async function reloadForAnother(someone) {
  if (document.hidden) {
    return;
  }
  const now = await viewerAnew().catch(() => someone);
  if (now?.subject !== someone?.subject) {
    location.reload();
  }
}

async function ask() {
  if (!tokenUrl) {
    return null;
  }
  const answer = await fetch(tokenUrl, {
    headers: { Accept: 'application/json' },
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.status === 401) {
    return null;
  }
  if (!answer.ok) {
    throw new TypeError(`${tokenUrl} answered ${answer.status}`);
  }
  return answer.json();
}

/** Where to sign in and come back from to this page; undefined where nobody can. */
export function signInAddress() {
  return signInUrl && `${signInUrl}?returnUrl=${encodeURIComponent(location.pathname + location.search)}`;
}

export const displayName = ({ name, subject }) => name ?? subject;
export const hasRole = (someone, role) => someone?.roles?.includes(role) ?? false;
