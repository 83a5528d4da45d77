import Table from 'cli-table3';
import type { Browser, Page } from 'playwright-core';
import { startConsole } from '../../cli/watch/console-server.ts';
import { launchBrowser, openWindow } from '../../scripts/console/picture.ts';
import { formatCount } from '../format-count.ts';
import { median } from '../median.ts';
import { SteadyCentre } from './steady-centre.ts';

/** Times that the page is opened anew. */
const OPENINGS = 5;
/** Looks while it stays open. */
const LOOKS = 30;
const SCROLL_STEPS = 120;
const HEIGHT_PX = 720;
const TICK_SECONDS = 0.25;

/** The page in Chromium. */
export interface PageFigures {
  readonly table: string;
  /** With the most contacts: from the beginning of the navigation to the first row, in milliseconds. */
  readonly firstRowMs: number;
  /** With the most contacts: what the scripts hold after all looks, after garbage collection, in megabytes. */
  readonly heapMegabytes: number;
}

/**
 * Measures the page in headless Chromium: the time to its first row, its memory, its work for a look, and the longest
 * frame while it scrolls from the first contact to the last.
 *
 * @param seconds - of the centre between two looks.
 * @throws an error where Chromium cannot be started.
 */
export async function measurePage(counts: readonly number[], seconds: number): Promise<PageFigures> {
  const table = new Table({
    head: [
      'waiting',
      'first row ms',
      'MB at first',
      `MB after ${LOOKS} looks`,
      'ms a look',
      'longest frame ms',
    ],
  });
  let firstRowMs = 0;
  let heapMegabytes = 0;
  const browser = await launchBrowser();
  try {
    for (const waiting of counts) {
      const centre = new SteadyCentre(waiting);
      const { url, close } = await startConsole(centre.reader, { port: 0, every: TICK_SECONDS });
      try {
        firstRowMs = await firstRow(browser, url);
        const page = await openWindow(browser, HEIGHT_PX);
        await page.goto(url);
        await page.locator(ROW).first().waitFor();
        const before = await heapOf(page);
        const workMs = await workOfLooks(page, centre, seconds);
        heapMegabytes = await heapOf(page);
        const frameMs = await longestFrame(page);
        await page.context().close();
        table.push([
          formatCount(waiting),
          formatCount(Math.round(firstRowMs)),
          before.toFixed(1),
          heapMegabytes.toFixed(1),
          workMs.toFixed(0),
          frameMs.toFixed(0),
        ]);
      } finally {
        await close();
      }
    }
  } finally {
    await browser.close();
  }
  return { table: table.toString(), firstRowMs, heapMegabytes };
}

const ROW = '.rows tr.row';

async function firstRow(browser: Browser, url: string): Promise<number> {
  const times: number[] = [];
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    const page = await openWindow(browser, HEIGHT_PX);
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator(ROW).first().waitFor();
    times.push(Number(await page.evaluate('performance.now()')));
    await page.context().close();
  }
  return median(times);
}

/** Megabytes that the scripts of a page hold, after garbage collection. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1_000_000;
}

/** Milliseconds of work of the page's main thread for a look: to read it, to sort, and to draw. */
async function workOfLooks(page: Page, centre: SteadyCentre, seconds: number): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busySeconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const start = await busySeconds();
  for (let look = 0; look < LOOKS; look += 1) {
    centre.advance(seconds);
    await page.getByText(`Looked at ${timeOf(centre.reader.at)}`).waitFor();
  }
  const end = await busySeconds();
  await session.detach();
  return ((end - start) * 1_000) / LOOKS;
}

/** Scrolls from the first contact to the last, a step a frame; the longest frame in milliseconds. */
async function longestFrame(page: Page): Promise<number> {
  const longest = await page.evaluate(`(async () => {
    const rows = document.querySelector('.rows');
    const steps = ${SCROLL_STEPS};
    let longest = 0;
    let last = await new Promise(requestAnimationFrame);
    for (let step = 1; step <= steps; step += 1) {
      rows.scrollTop = ((rows.scrollHeight - rows.clientHeight) * step) / steps;
      const now = await new Promise(requestAnimationFrame);
      longest = Math.max(longest, now - last);
      last = now;
    }
    return longest;
  })()`);
  return Number(longest);
}

function timeOf(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Europe/Berlin' }).format(at);
}
