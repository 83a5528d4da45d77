import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Browser } from 'playwright-core';
import { INSTANCE } from '../../local/demo/centre-config.ts';
import { openWindow, PictureError, savePicture } from './picture.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A machine with other work keeps up with this. */
const SPEED = '4';

/** The minute of the demo that the picture is of: both queues are long, and the first changes are made. */
const MINUTE = /^04:\d\d of 10:00/m;

type Child = ChildProcessByStdio<null, Readable, null>;

/**
 * Draws the console over the demo of `npm start`, in its fifth minute. The customers, the agents and what becomes of them
 * are the same each time, but for what calls made in time change.
 *
 * @param path - of the picture.
 */
export async function drawStart(browser: Browser, path: string): Promise<void> {
  const demo = run(['local/cli/main.ts', '--headless', '--port', '0', '--speed', SPEED]);
  const isInTheMidst = printed(demo, MINUTE);
  // It is awaited below, unless something fails before.
  isInTheMidst.catch(() => {});
  try {
    const [, endpoint = ''] = await printed(demo, /^AWS endpoint: (\S+)$/m);
    const watch = run(['bin/escalator.cjs', 'watch', '--port', '0'], {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: INSTANCE.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    try {
      const page = await openWindow(browser, 640);
      const [, url = ''] = await printed(watch, /^(http:\S+)$/m);
      await page.goto(url);
      await isInTheMidst;
      await page
        .locator('.c-next', { hasText: / in \d/ })
        .first()
        .waitFor();
      await savePicture(page, path);
    } finally {
      watch.kill();
    }
  } finally {
    demo.kill();
  }
}

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Child {
  return spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
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
