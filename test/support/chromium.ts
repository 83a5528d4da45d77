import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const MISSING = `${CHROMIUM} is missing: install Debian's package chromium (apt-get install chromium)`;

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Tests of pages in headless Chromium, which all of them share. Without Chromium they are skipped, except in CI, where
 * they fail.
 *
 * @param tests - gets what gives the browser once a test runs.
 */
export function describeInBrowser(name: string, tests: (browser: () => Browser) => void): void {
  if (!existsSync(CHROMIUM)) {
    if (process.env.CI) {
      test(`${name}: Chromium is installed`, () => {
        throw new Error(MISSING);
      });
    } else {
      describe.skip(`${name} (skipped: ${MISSING})`, () => {
        tests(() => {
          throw new Error(MISSING);
        });
      });
    }
    return;
  }
  describe(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGS });
    });
    afterAll(() => browser?.close());
    tests(() => browser);
  });
}
