import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { plural } from '../format.ts';
import { readSources } from '../sources/read.ts';
import { compareSources, formatChange, formatDeletion } from './changes.ts';
import { describeInForce } from './in-force.ts';
import type { SyncOptions } from './options.ts';
import { openParameterStore } from './parameter-store.ts';

/**
 * `escalator diff`: shows how files differ from SSM, as `push --prune` would change it. Exits with 1 if they
 * do.
 */
export async function diff(directory: string, options: SyncOptions, io: CommandIo): Promise<ExitCode> {
  const desired = await readSources([directory], io.cwd);
  const { changes, surplus } = compareSources(await openParameterStore(options, io).sources(), desired);
  for (const change of changes) io.out(formatChange(change, io.colours));
  for (const source of surplus) io.out(formatDeletion(source, io.colours));
  const count = changes.length + surplus.length;
  io.err(
    count === 0
      ? `${directory} and SSM are the same.\n`
      : `${plural(count, 'parameter')} differ${count === 1 ? 's' : ''} from ${directory}.\n`,
  );
  for (const line of await describeInForce(options)) io.err(`${line}\n`);
  return count === 0 ? EXIT.ok : EXIT.problems;
}
