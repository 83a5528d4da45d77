import { mkdtempSync } from 'node:fs';
import { access, constants, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { reportHtml } from '../../sim/report/index.ts';
import type { SimulationResult } from '../../sim/simulation/index.ts';
import { UsageError } from '../errors.ts';
import { asUsageError } from '../sources/read.ts';

/**
 * Checks whether a report can be written to a file. Called before the simulation, which may take long.
 *
 * @throws UsageError when it cannot.
 */
export async function validateReportPath(file: string, cwd: string): Promise<void> {
  const path = resolve(cwd, file);
  const [existing, directory] = await Promise.all(
    [path, dirname(path)].map((one) => stat(one).catch(() => null)),
  );
  if (existing?.isDirectory()) {
    throw new UsageError(`${file} is a directory: write --report ${join(file, 'report.html')}.`);
  }
  if (!directory?.isDirectory()) {
    throw new UsageError(`The directory ${dirname(file)} does not exist: create it, or choose another.`);
  }
  try {
    await access(existing ? path : dirname(path), constants.W_OK);
  } catch {
    const denied = existing ? file : `The directory ${dirname(file)}`;
    throw new UsageError(`${denied} is not writable: permission denied. Choose another.`);
  }
}

/**
 * Writes the report of a simulation.
 *
 * @param file - default: a temporary file.
 * @returns the path of the report.
 * @throws UsageError when the file cannot be written.
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
