import { plural } from '../check/format.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { readSources } from '../sources/read.ts';
import { compareSources, formatChange, formatDeletion } from './changes.ts';
import type { SyncOptions } from './options.ts';
import { openParameterStore } from './parameter-store.ts';

/** `escalator diff`: shows what `push --prune` would change; exit code 1 when that is anything. */
export async function diff(directory: string, options: SyncOptions, io: CommandIo): Promise<ExitCode> {
  const wanted = await readSources([directory], io.cwd);
  const { changed: written, surplus } = compareSources(await openParameterStore(options).sources(), wanted);
  for (const change of written) io.out(formatChange(change, io.colours));
  for (const source of surplus) io.out(formatDeletion(source, io.colours));
  const differing = written.length + surplus.length;
  io.err(
    differing === 0
      ? `SSM and ${directory} have the same.\n`
      : `${plural(differing, 'parameter')} differ${differing === 1 ? 's' : ''} from ${directory}.\n`,
  );
  return differing === 0 ? EXIT.ok : EXIT.problems;
}
