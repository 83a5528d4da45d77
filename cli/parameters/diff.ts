import { plural } from '../check/print.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import type { Io } from '../io.ts';
import { readSources } from '../sources/read.ts';
import { changesBetween, changeText, deletionText } from './changes.ts';
import type { SyncOptions } from './options.ts';
import { openParameters } from './store.ts';

/** `escalator diff`: shows what `push --prune` would change; exit code 1 when that is anything. */
export async function diff(directory: string, options: SyncOptions, io: Io): Promise<ExitCode> {
  const wanted = await readSources([directory], io.cwd);
  const { written, surplus } = changesBetween(await openParameters(options).sources(), wanted);
  for (const change of written) io.out(changeText(change, io.colours));
  for (const source of surplus) io.out(deletionText(source, io.colours));
  const differing = written.length + surplus.length;
  io.err(
    differing === 0
      ? `SSM and ${directory} have the same.\n`
      : `${plural(differing, 'parameter')} differ${differing === 1 ? 's' : ''} from ${directory}.\n`,
  );
  return differing === 0 ? EXIT.ok : EXIT.problems;
}
