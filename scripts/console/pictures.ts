import { join } from 'node:path';
import { startConsole } from '../../cli/watch/console-server.ts';
import { MadeUpCentre, PICTURED_AT } from './made-up-centre.ts';
import { launchBrowser, openWindow, savePicture } from './picture.ts';
import { drawStart } from './start-picture.ts';

/**
 * Draws the pictures of the documents, `npm run pictures`: of docs/console.md from a made-up contact centre, and that of
 * README from the demo. Needs Chromium.
 */
const DOCS = join(import.meta.dirname, '../../docs');

/** As the page writes times. */
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Europe/Berlin' });

/** The page is open for this time before the pictures, so that it has seen contacts leave. */
const SEEN_MS = 12 * 60_000;
const STEP_MS = 15_000;

const directory = process.argv[2] ?? DOCS;
const centre = new MadeUpCentre();
centre.advanceTo(PICTURED_AT - SEEN_MS);
const { url, close } = await startConsole(centre.reader, { port: 0, every: 0.03 });
const browser = await launchBrowser();
try {
  const page = await openWindow(browser, 540);
  await page.goto(url);
  for (let at = PICTURED_AT - SEEN_MS; at <= PICTURED_AT; at += STEP_MS) {
    centre.advanceTo(at);
    await page.getByText(`Looked at ${TIME.format(at)}`).waitFor();
  }
  await page
    .locator('.c-next', { hasText: / in \d/ })
    .first()
    .waitFor();
  await savePicture(page, join(directory, 'console.png'));
  await page.getByRole('button', { name: 'System' }).click();
  await page.locator('.charts').first().waitFor();
  await page.setViewportSize({ width: 1_280, height: 700 });
  await savePicture(page, join(directory, 'console-system.png'));
  await page.setViewportSize({ width: 1_280, height: 540 });
  await page.getByRole('button', { name: 'Contacts' }).click();
  await page.getByRole('row').filter({ hasText: 'overridden by ann' }).click();
  await page.locator('.waterfall').waitFor();
  await page.setViewportSize({ width: 1_280, height: 480 });
  await savePicture(page, join(directory, 'console-contact.png'));
  await page.close();
  await drawStart(browser, join(directory, 'start.png'));
} finally {
  await browser.close();
  await close();
}
