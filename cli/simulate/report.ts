import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { CommandIo } from '../command-io.ts';
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
 * Writes a report, and says where it is.
 *
 * @throws UsageError when the file cannot be written.
 */
export async function writeReport(
  file: string,
  html: string,
  { cwd, err }: Pick<CommandIo, 'cwd' | 'err'>,
): Promise<void> {
  await asUsageError(file, () => writeFile(resolve(cwd, file), html));
  err(`Report: ${file}\n`);
}
