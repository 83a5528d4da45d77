import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { plural } from '../format.ts';
import { isDirectory, readSources } from '../sources/read.ts';
import { formatChange, formatDeletion } from './changes.ts';
import { compare } from './comparison.ts';
import { describeInForce } from './in-force.ts';
import { formatLocation } from './location.ts';
import type { StoreOptions } from './options.ts';
import { openParameterStore } from './parameter-store.ts';
import { formatPauses } from './pause-record.ts';
import { reportEncrypted, selectFiles } from './stored.ts';
import { requireUniqueNames } from './unique-names.ts';

/** `escalator diff`: shows how files differ from SSM, on whichever side they changed. Exits with 1 if they do. */
export async function diff(path: string, options: StoreOptions, io: CommandIo): Promise<ExitCode> {
  const desired = await readSources([path], io);
  requireUniqueNames(desired);
  const snapshot = await openParameterStore(options, io).snapshot();
  const { location, parameters } = snapshot;
  io.err(`Compared with ${formatLocation(location)}.\n`);
  io.err(formatPauses(snapshot));
  const hasEncrypted = reportEncrypted(parameters, io);
  const current = selectFiles(parameters, io);
  const names = new Set(desired.map(({ name }) => name));
  // One file is compared with its parameter; a directory with all.
  const compared = (await isDirectory(path, io.cwd))
    ? current
    : current.filter(({ name }) => names.has(name));
  const comparisons = compare(desired, compared, undefined);
  let count = 0;
  for (const { state, file, stored } of comparisons) {
    if (state === 'equal') continue;
    count += 1;
    if (file) io.out(formatChange({ from: stored, to: file }));
    else if (stored) io.out(formatDeletion(stored));
  }
  io.err(
    count === 0
      ? `${path} and SSM are the same.\n`
      : `${plural(count, 'parameter')} differ${count === 1 ? 's' : ''} from ${path}.\n`,
  );
  for (const line of await describeInForce(options)) io.err(`${line}\n`);
  return count === 0 && !hasEncrypted ? EXIT.ok : EXIT.problems;
}
