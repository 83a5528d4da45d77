import { measurePage } from './page.ts';
import { measureStream } from './stream.ts';

/*
 * The console with many waiting contacts. First what a look sends to a page, in full and as what is different; then the
 * page itself in headless Chromium (Debian's package chromium). Exits with 1 beyond a limit.
 *
 *     npm run bench:console
 */

const WAITING = [100, 1_000, 10_000];
const EVERY_SECONDS = 2;
/** Of the whole that a change may be, with 10,000 contacts. */
const MAX_SHARE = 0.1;
/** With 10,000 contacts. */
const MAX_FIRST_ROW_MS = 5_000;
const MAX_HEAP_MEGABYTES = 50;

const { table, share } = await measureStream(WAITING, EVERY_SECONDS);
console.log(table);
fail(share > MAX_SHARE, `A change is more than ${MAX_SHARE * 100} % of the whole.`);

const page = await measurePage(WAITING, EVERY_SECONDS);
console.log(page.table);
fail(page.firstRowMs > MAX_FIRST_ROW_MS, `The first row comes after more than ${MAX_FIRST_ROW_MS} ms.`);
fail(page.heapMegabytes > MAX_HEAP_MEGABYTES, `The page holds more than ${MAX_HEAP_MEGABYTES} MB.`);

function fail(isBeyond: boolean, message: string): void {
  if (!isBeyond) return;
  console.error(message);
  process.exitCode = 1;
}
