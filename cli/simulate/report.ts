import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { access, constants, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { reportHtml } from '../../sim/report/index.ts';
import type { SimulationResult } from '../../sim/simulation/index.ts';
import type { CommandIo } from '../command-io.ts';
import { UsageError } from '../errors.ts';
import { asUsageError } from '../sources/read.ts';

/** What opens a file as its owner is used to, by platform. */
const OPENERS: Readonly<Record<string, readonly [command: string, ...before: string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** An opener that says nothing for so long has taken over. */
const OPENER_TIMEOUT_MS = 3_000;

/**
 * Looks whether a report can be written there, before it takes long to make.
 *
 * @throws UsageError when it cannot.
 */
export async function validateReportPath(file: string, cwd: string): Promise<void> {
  const [path, folder] = [resolve(cwd, file), dirname(file)];
  const [there, around] = await Promise.all([path, dirname(path)].map((one) => stat(one).catch(() => null)));
  if (there?.isDirectory())
    throw new UsageError(`${file} is a folder: write --report ${join(file, 'report.html')}.`);
  if (!around?.isDirectory())
    throw new UsageError(`There is no folder ${folder} for the report: make it first, or name another.`);
  try {
    await access(there ? path : dirname(path), constants.W_OK);
  } catch {
    throw new UsageError(`${there ? file : `The folder ${folder}`} may not be written by you: name another.`);
  }
}

/**
 * Writes the report.
 *
 * @param file - default: a temporary one.
 * @returns where it is.
 * @throws UsageError when it cannot be written.
 */
export async function writeReport(
  result: SimulationResult,
  file: string | undefined,
  cwd: string,
): Promise<string> {
  const path = file ?? join(mkdtempSync(join(tmpdir(), 'escalator-')), 'report.html');
  const html = await reportHtml(result);
  await asUsageError(path, () => writeFile(resolve(cwd, path), html));
  return path;
}

/** Opens a file in whatever shows such files. @returns whether that seems to have worked. */
export function openFile(path: string, { cwd, env }: Pick<CommandIo, 'cwd' | 'env'>): Promise<boolean> {
  const [command, ...before] = OPENERS[process.platform] ?? ['xdg-open'];
  return new Promise((done) => {
    const child = spawn(command, [...before, resolve(cwd, path)], {
      cwd,
      env,
      stdio: 'ignore',
      detached: true,
    });
    const waiting = setTimeout(() => done(true), OPENER_TIMEOUT_MS);
    const end = (worked: boolean) => {
      clearTimeout(waiting);
      done(worked);
    };
    child.on('error', () => end(false));
    child.on('exit', (code) => end(code === 0));
    child.unref();
  });
}
