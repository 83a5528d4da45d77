import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Browser } from 'playwright-core';
import { openWindow, PictureError, savePicture } from './picture.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A machine with other work keeps up with this. */
const SPEED = '4';

/** The minute of the demo that the picture is of: both queues are long, and the first changes are made. */
const MINUTE = /^0?4:\d\d/;

/** The run up to that minute, on a machine with other work. */
const PATIENCE_MS = 5 * 60_000;

type Child = ChildProcessByStdio<null, Readable, null>;

/**
 * Draws the console that `npm start` serves, in the fifth minute of the demo. The customers, the agents and what becomes
 * of them are the same each time, but for what calls made in time change.
 *
 * @param path - of the picture.
 */
export async function drawStart(browser: Browser, path: string): Promise<void> {
  const demo = run(['local/cli/main.ts', '--port', '0', '--speed', SPEED]);
  try {
    const [, url = ''] = await printed(demo, /^Console:\s+(\S+)$/m);
    const page = await openWindow(browser, 640);
    await page.goto(url);
    await page.locator('.playback .elapsed', { hasText: MINUTE }).waitFor({ timeout: PATIENCE_MS });
    await page
      .locator('.c-next', { hasText: / in \d/ })
      .first()
      .waitFor();
    await savePicture(page, path);
  } finally {
    demo.kill();
  }
}

function run(args: readonly string[]): Child {
  return spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Resolves when a process has printed what matches. @throws PictureError when it ends before. */
function printed(child: Child, pattern: RegExp): Promise<RegExpExecArray> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const match = pattern.exec(text);
      if (match) resolve(match);
    });
    child.once('exit', () =>
      reject(new PictureError(`The process ended before it printed ${pattern}:\n${text}`)),
    );
  });
}
