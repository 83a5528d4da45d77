import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, test } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const MISSING = `${CHROMIUM} is missing: install Debian's package chromium (apt-get install chromium)`;

/** Shows a page as a file of its own, as people open it. */
export type Show = (html: string, options?: BrowserContextOptions) => Promise<Shown>;

/** A page, and what it asked for and complained about. */
export interface Shown {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

/**
 * Tests that look at pages in headless Chromium. Where it is not installed they are skipped, but for CI, where they
 * fail.
 */
export function describeInChromium(name: string, tests: (show: Show) => void): void {
  if (!existsSync(CHROMIUM)) {
    if (process.env.CI) {
      test(`${name}: Chromium is installed`, () => {
        throw new Error(MISSING);
      });
    } else {
      describe.skip(`${name} (skipped: ${MISSING})`, () => tests(() => Promise.reject(new Error(MISSING))));
    }
    return;
  }
  describe(name, () => {
    const directory = mkdtempSync(join(tmpdir(), 'report-'));
    let browser: Browser;

    beforeAll(async () => {
      const args = [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ];
      browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args });
    });
    afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
    afterAll(async () => {
      await browser?.close();
      rmSync(directory, { recursive: true });
    });

    tests(async (html, options) => {
      const file = join(directory, 'report.html');
      writeFileSync(file, html);
      const context = await browser.newContext({ viewport: { width: 1_200, height: 900 }, ...options });
      const page = await context.newPage();
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(pathToFileURL(file).href);
      return { page, requests, complaints };
    });
  });
}
