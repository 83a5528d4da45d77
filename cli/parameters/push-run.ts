import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { parameterName, shortName } from '../sources/source.ts';
import type { Manifest } from './manifest.ts';
import type { ParameterStore, StoredParameter } from './parameter-store.ts';
import type { WriteAction } from './push-plan.ts';
import { formatVersion, writeParameter } from './write.ts';

export interface PushRun {
  readonly store: ParameterStore;
  /** In the order in which they are written. */
  readonly writes: readonly WriteAction[];
  /** Deleted after all writes. */
  readonly deletions: readonly StoredParameter[];
  /** Where what was written is noted, if anywhere. */
  readonly manifest: Manifest | undefined;
  readonly prefix: string;
}

/** Writes and deletes, and says how far it came if it is interrupted or a request fails. */
export async function runPush(run: PushRun, io: CommandIo): Promise<ExitCode> {
  const steps = [
    ...run.writes.map((write) => ({ name: write.parameter, take: () => writeOne(run, write, io) })),
    ...run.deletions.map((one) => ({ name: parameterName(one), take: () => deleteOne(run, one, io) })),
  ];
  let isInterrupted = false;
  const stopListening = io.onInterrupt(() => {
    isInterrupted = true;
    io.err('The push ends after the write that is under way. Interrupt it again to end it at once.\n');
  });
  let done = 0;
  let exitCode: ExitCode = EXIT.ok;
  try {
    await run.manifest?.save();
    for (const { take } of steps) {
      if (isInterrupted) break;
      if (!(await take())) exitCode = EXIT.problems;
      done += 1;
      await run.manifest?.save();
      if (steps.length > 3) io.status?.(`${done} of ${steps.length}`);
    }
  } finally {
    stopListening();
    io.status?.('');
    if (done < steps.length) {
      const left = steps.slice(done).map(({ name }) => `${run.prefix}/${name}`);
      io.err(
        `${isInterrupted ? 'Interrupted' : 'Stopped'} after ${done} of ${steps.length}. Not written or deleted: ` +
          `${left.join(', ')}. Run the push again: it goes on from here.\n`,
      );
    }
  }
  return done < steps.length ? EXIT.interrupted : exitCode;
}

/** @returns whether nobody else wrote in the meantime. */
async function writeOne(
  { store, manifest, prefix }: PushRun,
  { parameter, to, from }: WriteAction,
  io: CommandIo,
): Promise<boolean> {
  const written = await writeParameter(store, parameter, to.text, from?.version);
  const path = `${prefix}/${parameter}`;
  if ('existing' in written) {
    io.err(
      `${path} is not written: it did not exist when the push began, and now it has ` +
        `${formatVersion(written.existing)}. Pull, then push again.\n`,
    );
    return false;
  }
  const note = written.tier === 'Advanced' ? ', an advanced parameter, which AWS charges for' : '';
  io.out(`Wrote ${path}, version ${written.version}${note}.\n`);
  manifest?.note(parameter, written.version, to.text);
  for (const replaced of written.replaced) {
    io.err(
      `${path}: the push replaced ${formatVersion(replaced)}, while the push ran. To get it back: ` +
        `escalator rollback ${shortName(to)} --to ${replaced.version}\n`,
    );
  }
  return written.replaced.length === 0;
}

/** SSM has no condition for a deletion, so the version is read just before. @returns whether it was as read. */
async function deleteOne(
  { store, manifest }: PushRun,
  source: StoredParameter,
  io: CommandIo,
): Promise<boolean> {
  const parameter = parameterName(source);
  const found = await store.get(parameter);
  if (found && found.version !== source.version) {
    io.err(`${source.file} is not deleted: it was changed while the push ran. Pull, then push again.\n`);
    return false;
  }
  await store.delete(parameter);
  manifest?.forget(parameter);
  io.out(`Deleted ${source.file}.\n`);
  return true;
}
