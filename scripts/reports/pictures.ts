import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser, openWindow, savePicture } from '../console/picture.ts';

/**
 * Draws the pictures of reports, `npm run pictures`: of docs/simulator.md, and of the steps of docs/foresight.md with the
 * same recording. Needs Chromium.
 */
const ROOT = join(import.meta.dirname, '../..');

/** What the pages call them. */
const SCENARIO = 'centre.yaml';
const RECORDING = 'november.jsonl.gz';

/** The pixels above what a picture begins with. */
const ABOVE = 16;

const docs = process.argv[2] ?? join(ROOT, 'docs');
const directory = mkdtempSync(join(tmpdir(), 'escalator-reports-'));
const browser = await launchBrowser();
try {
  const report = (name: string) => join(directory, `${name}.html`);
  const page = await openWindow(browser, 900);
  const draw = async (name: string, height: number, from = 'header') => {
    await page.goto(pathToFileURL(report(name)).href);
    await page.setViewportSize({ width: 1_000, height });
    const { y = 0 } = (await page.locator(from).first().boundingBox()) ?? {};
    await page.mouse.wheel(0, y - ABOVE);
    await savePicture(page, join(docs, `${name}.png`));
  };

  run('bin/escalator.cjs', [
    ...['simulate', source('scenarios/monday-morning.yaml'), '--policies', source('policies')],
    ...['--goals', source('scenarios/goals/gold.yaml'), '--report', report('report')],
  ]);
  await draw('report', 1_020);

  run('scripts/recording.ts', [source('scenarios/recorded/three-weeks.yaml'), RECORDING]);
  run('bin/escalator.cjs', [
    ...['calibrate', RECORDING, '--to', '2026-11-16T00:00:00+01:00', '--timezone', 'Europe/Berlin'],
    ...['-o', SCENARIO, '--report', report('calibration')],
  ]);
  await draw('calibration', 640, '.stream');
  run('bin/escalator.cjs', ['backtest', SCENARIO, RECORDING, '--runs', '20']);
  run('bin/escalator.cjs', [
    ...['recommend', SCENARIO, '--policies', source('scenarios/drafts')],
    ...['--goals', source('scenarios/goals/gold-and-sales.yaml'), '--budget', '20s'],
    ...['--report', report('recommendation')],
  ]);
  await draw('recommendation', 1_300);
} finally {
  await browser.close();
  rmSync(directory, { recursive: true });
}

function source(path: string): string {
  return join(ROOT, path);
}

/** Runs a file of this repository. A goal that is missed is no failure. */
function run(file: string, args: readonly string[]): void {
  try {
    execFileSync(process.execPath, ['--no-warnings', source(file), ...args], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    if ((error as { readonly status?: number }).status !== 1) throw error;
  }
}
