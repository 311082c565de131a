/** Fetches a file with the viewer's token, which a link would not carry, and gives it to the browser to keep. */
import { send } from '/assets/api.js';

/** How long a browser may take to have begun with it. */
const KEPT = 60_000;

export async function download(path) {
  const response = await send('GET', path, { headers: { Accept: 'text/csv' } });
  const address = URL.createObjectURL(await response.blob());
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition'))?.[1] ?? 'download.csv';
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT);
}
