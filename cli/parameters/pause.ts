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

/**
 * `escalator pause`: stops all calls, whatever the settings say. Exits with 1 if no deployment obeys.
 */
export async function pause(options: PauseOptions, io: CommandIo): Promise<ExitCode> {
  const reason = options.reason.trim().slice(0, MAX_REASON_LENGTH);
  if (reason === '')
    throw new UsageError('--reason is empty: say why, such as --reason "wrong priorities since 10:00".');
  const store = openParameterStore(options, io);
  const path = `${options.prefix}/${PAUSE_PARAMETER}`;
  const { USER, LOGNAME, USERNAME } = io.env;
  const who = USER || LOGNAME || USERNAME || 'unknown';
  const text = formatPauseRecord({ who, at: formatTime(io.now()), reason });
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
  io.out(
    'The system continues to decide and record. It stops calling Connect within some ten seconds, or ' +
      'two minutes if the event of SSM is lost; contacts keep the routing that they have. escalator resume ends the pause.\n',
  );
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
