import { statSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Every clone of the repository carries them. */
const MAX_BYTES = 220_000;

/** A picture became too large, or what it shall show does not come. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
}

/** Starts Chromium, which nothing but this machine talks to. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
}

/** @param height - of the window, in pixels. */
export async function openWindow(browser: Browser, height: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1_280, height },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
  });
  return context.newPage();
}

/** @throws PictureError when it becomes too large. */
export async function savePicture(page: Page, path: string): Promise<void> {
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = statSync(path);
  if (size > MAX_BYTES)
    throw new PictureError(`${path} has ${size} bytes: at most ${MAX_BYTES} are allowed.`);
  console.log(`${path}: ${size} bytes`);
}
