import { statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startConsole } from '../../cli/watch/console-server.ts';
import { MadeUpCentre, PICTURED_AT } from './made-up-centre.ts';

/** Draws the pictures of docs/console.md from a made-up contact centre: `npm run pictures`. Needs Chromium. */
const DOCS = join(import.meta.dirname, '../../docs');

/** Every clone of the repository carries them. */
const MAX_BYTES = 150_000;

/** A picture became too large. */
class PictureError extends Error {
  override readonly name = 'PictureError';
}

/** As the page writes times. */
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Europe/Berlin' });

/** The page is open for this time before the pictures, so that it has seen contacts leave. */
const SEEN_MS = 12 * 60_000;
const STEP_MS = 15_000;

const directory = process.argv[2] ?? DOCS;
const centre = new MadeUpCentre();
centre.advanceTo(PICTURED_AT - SEEN_MS);
const { url, close } = await startConsole(centre.reader, { port: 0, every: 0.03 });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 540 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(url);
  for (let at = PICTURED_AT - SEEN_MS; at <= PICTURED_AT; at += STEP_MS) {
    centre.advanceTo(at);
    await page.getByText(`Looked at ${TIME.format(at)}`).waitFor();
  }
  await page
    .locator('.c-next', { hasText: / in \d/ })
    .first()
    .waitFor();
  await picture(page, 'console.png');
  await page.getByRole('button', { name: 'System' }).click();
  await page.locator('.charts').first().waitFor();
  await page.setViewportSize({ width: 1_280, height: 700 });
  await picture(page, 'console-system.png');
  await page.setViewportSize({ width: 1_280, height: 540 });
  await page.getByRole('button', { name: 'Contacts' }).click();
  await page.getByRole('row').filter({ hasText: 'overridden by ann' }).click();
  await page.locator('.waterfall').waitFor();
  await page.setViewportSize({ width: 1_280, height: 480 });
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
