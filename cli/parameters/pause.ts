import { warnIfOtherVersionIsDeployed } from '../aws/deployed-version.ts';
import type { CommandIo } from '../command-io.ts';
import { AwsError, EXIT, type ExitCode, UsageError } from '../errors.ts';
import { formatTime } from '../format.ts';
import { reportDeployment } from './deployment-note.ts';
import { formatLocation } from './location.ts';
import type { StoreOptions } from './options.ts';
import { openParameterStore, PAUSE_PARAMETER, type ParameterStore } from './parameter-store.ts';
import { describePause, formatPauseRecord } from './pause-record.ts';

export interface PauseOptions extends StoreOptions {
  readonly reason: string;
}

/** Characters of a reason that are stored. An emergency stop must not fail since its reason is long. */
const MAX_REASON_LENGTH = 1_000;

/** What is written to pause calls. */
export interface PreparedPause {
  /** The name of the parameter. */
  readonly path: string;
  /** Its value. */
  readonly text: string;
}

type PauseIo = Pick<CommandIo, 'now' | 'env'>;
type WriteIo = Pick<CommandIo, 'out' | 'err' | 'sleep'>;

/** What a pause does, in words. */
export const PAUSE_EFFECT =
  'The system continues to decide and record. It stops calling Connect within some ten seconds, or ' +
  'two minutes if the event of SSM is lost; contacts keep the routing that they have.';

/** Who a pause says wrote it: the user of this machine; undefined where the environment does not say. */
export function personOf({ USER, LOGNAME, USERNAME }: CommandIo['env']): string | undefined {
  return USER || LOGNAME || USERNAME || undefined;
}

/** The pause that is written now. @returns undefined where no reason is given. */
export function preparePause(
  { prefix, reason }: Pick<PauseOptions, 'prefix' | 'reason'>,
  io: PauseIo,
): PreparedPause | undefined {
  const why = reason.trim().slice(0, MAX_REASON_LENGTH);
  if (why === '') return undefined;
  const who = personOf(io.env) ?? 'unknown';
  return {
    path: `${prefix}/${PAUSE_PARAMETER}`,
    text: formatPauseRecord({ who, at: formatTime(io.now()), reason: why }),
  };
}

/**
 * `escalator pause`: stops all calls, whatever the settings say. Exits with 1 if no deployment obeys.
 */
export async function pause(options: PauseOptions, io: CommandIo): Promise<ExitCode> {
  const prepared = preparePause(options, io);
  if (prepared) return writePause(prepared, options, io);
  throw new UsageError('--reason is empty: say why, such as --reason "wrong priorities since 10:00".');
}

/**
 * Writes a pause, and says what came of it. Another one that stands there already is kept.
 *
 * @throws AwsError when calls are not paused, or that is not known.
 */
export function writePause(
  { path, text }: PreparedPause,
  options: StoreOptions,
  io: WriteIo,
): Promise<ExitCode> {
  const store = openParameterStore(options, io);
  return writeTo(store, { path, text }, options, io).finally(store.close);
}

async function writeTo(
  store: ParameterStore,
  { path, text }: PreparedPause,
  options: StoreOptions,
  io: WriteIo,
): Promise<ExitCode> {
  const isNew = (await store.create(PAUSE_PARAMETER, text)) !== undefined;
  // Read back: what counts is what SSM has now.
  const found = await readBack(store, path, text);
  if (!found) {
    throw new AwsError(
      `Calls are not paused: ${path} was written, and does not exist now. Run the command again.`,
    );
  }
  await warnIfOtherVersionIsDeployed(options, io);
  io.out(`Target: ${formatLocation(found.location)}.\n`);
  io.out(
    isNew || found.text === text
      ? `Wrote ${path}: calls are paused ${describePause(found)}.\n`
      : `Calls were paused already ${describePause(found)}. ${path} is left unchanged.\n`,
  );
  io.out(`${PAUSE_EFFECT} escalator resume ends the pause.\n`);
  return (await reportDeployment(store, options.prefix, io)) ? EXIT.ok : EXIT.problems;
}

/** SSM may not show a parameter that was deleted and written within seconds, so a missing one is written again. */
async function readBack(
  store: ParameterStore,
  path: string,
  text: string,
): ReturnType<ParameterStore['get']> {
  try {
    const found = await store.get(PAUSE_PARAMETER);
    if (found) return found;
    await store.overwrite(PAUSE_PARAMETER, text);
    return await store.get(PAUSE_PARAMETER);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      `${path} was written, so calls should stop, but this is not checked. ${error.message}`,
    );
  }
}
