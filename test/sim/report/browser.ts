import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { reportHtml } from '../../../sim/report/index.ts';
import type { SimulationResult } from '../../../sim/simulation/result.ts';
import { describeInBrowser } from '../../support/chromium.ts';

/** Opens a page as a file, as readers do. */
type Open = (html: string, options?: BrowserContextOptions) => Promise<Shown>;

/** How tests get pages. */
interface Browse {
  /** A page that the tests of a file share: do not change it. */
  readonly show: Open;
  /** A page of its own. */
  readonly open: Open;
}

/** What a page has unless a test says otherwise: in full, so that pages with the same options are one. */
const DEFAULTS: BrowserContextOptions = { viewport: { width: 1_200, height: 900 }, colorScheme: 'light' };

/** A page with its requests and its console messages and errors. */
interface Shown {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly errors: readonly string[];
}

const htmlByMaker = new Map<() => SimulationResult, string>();

/** The report of a result, rendered once for all tests of a file. */
export function htmlOf(makeResult: () => SimulationResult): string {
  const html = htmlByMaker.get(makeResult) ?? reportHtml(makeResult());
  htmlByMaker.set(makeResult, html);
  return html;
}

/** Tests of reports in headless Chromium. */
export function describeInChromium(name: string, tests: (browse: Browse) => void): void {
  describeInBrowser(name, (browser) => {
    const directory = mkdtempSync(join(tmpdir(), 'report-'));
    const shared = new Map<string, Promise<Shown>>();
    let pageCount = 0;
    afterAll(() => rmSync(directory, { recursive: true }));

    async function open(html: string, options?: BrowserContextOptions): Promise<Shown> {
      pageCount += 1;
      const file = join(directory, `report-${pageCount}.html`);
      writeFileSync(file, html);
      const context = await browser().newContext({ ...DEFAULTS, ...options });
      const page = await context.newPage();
      const requests: string[] = [];
      const errors: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => errors.push(message.text()));
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(pathToFileURL(file).href);
      return { page, requests, errors };
    }

    tests({
      open,
      show(html, options) {
        const key = JSON.stringify([html, { ...DEFAULTS, ...options }]);
        const shown = shared.get(key) ?? open(html, options);
        shared.set(key, shown);
        return shown;
      },
    });
  });
}

/**
 * Elements that are wider than the page, and texts that exceed their chart or overlap other texts of their
 * row.
 */
export function overflowing(page: Page): Promise<readonly string[]> {
  return page.locator('html').evaluate((root) => {
    const found: string[] = [];
    if (root.scrollWidth > root.clientWidth)
      found.push(`the page: ${root.scrollWidth} of ${root.clientWidth}`);
    for (const chart of root.querySelectorAll('svg.chart')) {
      const frame = chart.getBoundingClientRect();
      if (frame.left < 0 || frame.right > root.clientWidth) found.push(chart.getAttribute('aria-label'));
      for (const text of chart.querySelectorAll('text')) {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        const isInside =
          left >= frame.left - 1 &&
          right <= frame.right + 1 &&
          top >= frame.top - 1 &&
          bottom <= frame.bottom + 1;
        if (!isInside) found.push(text.textContent);
      }
      const names = [...chart.querySelectorAll('.name text')];
      const figures = [...chart.querySelectorAll('.figure text')];
      for (const [index, name] of names.entries()) {
        if (name.getBoundingClientRect().right > figures[index].getBoundingClientRect().left)
          found.push(`${name.textContent} over ${figures[index].textContent}`);
      }
    }
    return found;
  });
}

/** The texts of charts for screen readers. */
export function chartLabels(page: Page): Promise<readonly (string | null)[]> {
  return page.getByRole('img').evaluateAll((all) => all.map((chart) => chart.getAttribute('aria-label')));
}

/** The requests of a page for something beside itself. */
export function requestsElsewhere(requests: readonly string[]): readonly string[] {
  return requests.filter((url) => !url.startsWith('file:') && url !== 'data:,');
}
