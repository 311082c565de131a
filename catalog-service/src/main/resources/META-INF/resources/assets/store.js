/** What this device remembers as JSON; where it may not (blocked storage, a full disk) the page's lifetime has to do. */
const PREFIX = 'livesale.';
const memory = new Map();

export function remember(key, value) {
  const text = JSON.stringify(value);
  memory.set(PREFIX + key, text);
  attempt(() => localStorage.setItem(PREFIX + key, text));
}

export function forget(key) {
  memory.delete(PREFIX + key);
  attempt(() => localStorage.removeItem(PREFIX + key));
}

export function recall(key) {
  return read(PREFIX + key);
}

/** All values whose keys begin so. */
export function recallAll(beginning) {
  const kept = attempt(() => Object.keys(localStorage)) ?? [];
  return [...new Set([...kept, ...memory.keys()])]
    .filter(key => key.startsWith(PREFIX + beginning))
    .map(read)
    .filter(value => value !== undefined);
}

function read(key) {
  return attempt(() => JSON.parse(attempt(() => localStorage.getItem(key)) ?? memory.get(key)));
}

function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
