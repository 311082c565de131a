/**
 * Follows server-sent events for as long as the page is looked at. With fetch, not EventSource: it can carry a token,
 * tells why it was refused, and comes back whatever the reason.
 */
import { Refusal, send } from './api.js';

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
/** The server gives a sign of life every 15 s. */
const LONGEST_SILENCE = 40_000;
/** It answers at once, or a dead connection would be waited on for minutes. */
const LONGEST_WAIT = 20_000;
/** A tab in the background lets its place go, to another tab as well: browsers keep six connections to a server. */
const HIDDEN_FOR = 20_000;

/**
 * @param anonymous follows without the viewer's token
 * @param on called with (name, data) for each event, data being JSON
 * @param state called with 'open', with 'lost' when the connection broke (it is made again), or with 'gone' when there is
 *     nothing to follow (any more)
 * @param refused called with the Refusal when the server has no place just now; it is asked again
 * @returns a function that ends it
 */
export function follow(path, { anonymous = false, on, state = () => {}, refused = () => {} }) {
  let ended = false;
  let connection;
  let lastId;
  let pause = FIRST_PAUSE;
  let failures = 0;
  let wake = () => {};

  const hide = () => {
    clearTimeout(hide.timer);
    if (document.hidden) {
      hide.since = Date.now();
      hide.timer = setTimeout(() => connection?.abort(), HIDDEN_FOR);
    } else {
      if (Date.now() - hide.since > HIDDEN_FOR) {
        // On a device that slept no timer rang, and its connection may be dead.
        connection?.abort();
      }
      wake();
    }
  };
  // A connection of before would be silent for long before it is found to be dead.
  const offline = () => connection?.abort();
  const online = () => wake();
  document.addEventListener('visibilitychange', hide);
  window.addEventListener('offline', offline);
  window.addEventListener('online', online);

  function end() {
    ended = true;
    connection?.abort();
    wake();
    clearTimeout(hide.timer);
    document.removeEventListener('visibilitychange', hide);
    window.removeEventListener('offline', offline);
    window.removeEventListener('online', online);
  }

  async function run() {
    while (!ended) {
      const wait = await once();
      if (!ended) {
        await sleep(wait);
      }
    }
  }

  /** One connection from its making to its end; answers how long to wait before the next. */
  async function once() {
    const own = (connection = new AbortController());
    const waiting = setTimeout(() => own.abort(), LONGEST_WAIT);
    try {
      const headers = { Accept: 'text/event-stream', ...(lastId && { 'Last-Event-ID': lastId }) };
      const response = await send('GET', path, { anonymous, headers, signal: own.signal });
      clearTimeout(waiting);
      if (response.status === 204) {
        return gone();
      }
      state('open');
      await read(response.body);
      return jittered(pause);
    } catch (failure) {
      return ended ? 0 : failed(failure);
    } finally {
      clearTimeout(waiting);
      own.abort();
    }
  }

  function failed(failure) {
    if (failure instanceof Refusal && !failure.passes) {
      return gone(failure);
    }
    if (failure instanceof Refusal) {
      refused(failure);
    } else if (!document.hidden) {
      state('lost');
    }
    const backOff = Math.min(pause * 2 ** failures++, LONGEST_PAUSE);
    return Math.max(failure.retryAfter ?? 0, jittered(backOff));
  }

  function gone(failure) {
    end();
    state('gone', failure);
    return 0;
  }

  async function read(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const silence = setTimeout(() => connection.abort(), LONGEST_SILENCE);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) {
        return;
      }
      const blocks = (text + value).split('\n\n');
      text = blocks.pop();
      blocks.forEach(tell);
    }
  }

  function tell(block) {
    const event = parse(block);
    pause = Number(event.retry ?? pause);
    if (event.data && !ended) {
      failures = 0;
      lastId = event.id ?? lastId;
      on(event.event, JSON.parse(event.data));
    }
  }

  /** Until the time is over, or something says that it is worth trying now; as long as nobody looks, for ever. */
  async function sleep(milliseconds) {
    await new Promise(resolve => {
      wake = resolve;
      setTimeout(resolve, milliseconds);
    });
    while (document.hidden && !ended) {
      await new Promise(resolve => (wake = resolve));
    }
  }

  run();
  return end;
}

/** Between half and all of it: a crowd that lost its connection at once must not come back at once. */
const jittered = milliseconds => milliseconds * (0.5 + Math.random() / 2);

/** The fields of one event; `data` is a single line in our streams. */
function parse(block) {
  return Object.fromEntries(
    block.split('\n').map(line => [line.split(':', 1)[0], line.slice(line.indexOf(':') + 1).trimStart()]),
  );
}
