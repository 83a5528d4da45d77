import { statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startConsole } from '../../cli/watch/console-server.ts';
import { madeUpCentre } from './made-up-centre.ts';

/** Draws the pictures of docs/console.md from a made-up contact centre: `npm run pictures`. Needs Chromium. */
const DOCS = join(import.meta.dirname, '../../docs');

/** Every clone of the repository carries them. */
const MAX_BYTES = 150_000;

/** A picture became too large. */
class PictureError extends Error {
  override readonly name = 'PictureError';
}

const directory = process.argv[2] ?? DOCS;
const reader = madeUpCentre();
const { url, close } = await startConsole(reader, { port: 0, every: 1 });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 640 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(url);
  await page
    .locator('.c-next', { hasText: / in \d/ })
    .first()
    .waitFor();
  await picture(page, 'console.png');
  await page.getByRole('row').filter({ hasText: 'overridden by ann' }).click();
  await page.locator('.waterfall').waitFor();
  await page.setViewportSize({ width: 1_280, height: 560 });
  await picture(page, 'console-contact.png');
} finally {
  await browser.close();
  await close();
}

async function picture(page: Page, name: string): Promise<void> {
  const path = join(directory, name);
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = statSync(path);
  if (size > MAX_BYTES)
    throw new PictureError(`${path} has ${size} bytes: at most ${MAX_BYTES} are allowed.`);
  console.log(`${path}: ${size} bytes`);
}
