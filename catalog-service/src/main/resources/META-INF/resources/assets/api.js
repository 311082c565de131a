/** The services' API: JSON in and out, the viewer's token where there is one, refusals as errors with their code. */
import { viewer, viewerAnew } from './viewer.js';

/** The server said no. */
export class Refusal extends Error {
  /** @param retryAfter milliseconds, where the server named a time */
  constructor({ status, code, detail, violations = [], retryAfter }) {
    super(detail ?? code);
    Object.assign(this, { status, code, detail, violations, retryAfter });
  }

  /** Whether the same request may succeed later. */
  get passes() {
    return this.status === 429 || this.status >= 500;
  }
}

/** In milliseconds: longer than any answer is held, shorter than a browser waits on a connection that is dead. */
const PATIENCE = 20_000;

/** No answer came: whether the server did what was asked is unknown. */
class Unreachable extends Error {}

/**
 * Sends a request and answers with {status, headers, body}: JSON as it is meant, anything else as text.
 *
 * @param body sent as JSON
 * @param anonymous leaves the token out and does not wait for it
 * @throws Refusal for any answer that is no 2xx
 * @throws Unreachable without an answer
 */
export async function request(method, path, options = {}) {
  const response = await send(method, path, { signal: AbortSignal.timeout(PATIENCE), ...options });
  return { status: response.status, headers: response.headers, body: await read(response) };
}

export const get = async (path, options) => (await request('GET', path, options)).body;
export const post = async (path, body, options) => (await request('POST', path, { ...options, body })).body;
export const put = async (path, body, options) => (await request('PUT', path, { ...options, body })).body;

/** As {@link request}, but with the answer's body still to be read, and for as long as it takes. */
export async function send(method, path, options = {}) {
  const someone = options.anonymous ? null : await reach(viewer());
  const response = await attempt(method, path, options, someone);
  if (response.status !== 401 || !someone) {
    return requireOk(response);
  }
  const again = await reach(viewerAnew());
  // What one person pressed is never sent in the name of another.
  return again?.subject === someone.subject
    ? requireOk(await attempt(method, path, options, again))
    : requireOk(response);
}

function attempt(method, path, { body, cache = 'no-store', headers = {}, signal }, someone) {
  return reach(
    fetch(path, {
      method,
      signal,
      cache,
      body: body && JSON.stringify(body),
      headers: {
        Accept: 'application/json',
        ...(body && { 'Content-Type': 'application/json' }),
        ...(someone && { Authorization: `Bearer ${someone.token}` }),
        ...headers,
      },
    }),
  );
}

async function reach(answer) {
  try {
    return await answer;
  } catch (failure) {
    throw failure.name === 'AbortError' ? failure : new Unreachable(failure.message);
  }
}

async function requireOk(response) {
  if (response.ok) {
    return response;
  }
  const problem = await read(response).catch(() => '');
  throw new Refusal({
    ...(typeof problem === 'object' && problem),
    status: response.status,
    retryAfter: pause(response.headers.get('Retry-After')),
  });
}

function read(response) {
  return /\bjson\b/.test(response.headers.get('Content-Type')) ? reach(response.json()) : reach(response.text());
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
function pause(retryAfter) {
  const milliseconds = /^\d+$/.test(retryAfter ?? '') ? retryAfter * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
