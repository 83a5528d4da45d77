import { warnIfOtherVersionIsDeployed } from '../aws/deployed-version.ts';
import type { CommandIo } from '../command-io.ts';
import { AwsError, EXIT, type ExitCode } from '../errors.ts';
import { SETTINGS_NAME } from '../sources/source.ts';
import { reportDeployment } from './deployment-note.ts';
import { stopBySettings } from './in-force.ts';
import { formatLocation } from './location.ts';
import type { StoreOptions } from './options.ts';
import { openParameterStore, PAUSE_PARAMETER, type ParameterStore } from './parameter-store.ts';
import { isPaused } from './pause-guard.ts';
import { describePause, formatPauses } from './pause-record.ts';
import { formatEncrypted, isEncrypted } from './stored.ts';

type ResumeIo = Pick<CommandIo, 'out' | 'err' | 'sleep'>;

/** `escalator resume`: ends a pause. Exits with 1 if the settings still stop the calls. */
export function resume(options: StoreOptions, io: ResumeIo): Promise<ExitCode> {
  const store = openParameterStore(options, io);
  return endPause(store, options, io).finally(store.close);
}

async function endPause(store: ParameterStore, options: StoreOptions, io: ResumeIo): Promise<ExitCode> {
  await warnIfOtherVersionIsDeployed(options, io);
  const path = `${options.prefix}/${PAUSE_PARAMETER}`;
  const before = await store.get(PAUSE_PARAMETER);
  if (before) {
    io.out(`Target: ${formatLocation(before.location)}.\n`);
    await store.delete(PAUSE_PARAMETER);
    if (await isStillThere(store, io)) {
      throw new AwsError(
        `Calls are still paused: ${path} was deleted, and exists again. Run the command again.`,
      );
    }
    io.out(`Deleted ${path}: calls were paused ${describePause(before)}.\n`);
  } else {
    io.out(`Target: ${formatLocation((await store.snapshot()).location)}.\n`);
    io.out(`Calls were not paused by ${path}: it does not exist.\n`);
  }
  const isDeployed = await reportDeployment(store, options.prefix, io);
  const { otherPauses, misnomers } = await store.snapshot();
  io.err(formatPauses({ otherPauses, misnomers }));
  const isHeld = (await reportSettings(store, options, io)) || otherPauses.length > 0;
  if (isDeployed && !isHeld) {
    io.out(
      before
        ? 'The system calls Connect again within some ten seconds, with what is due then.\n'
        : 'Nothing stops the calls.\n',
    );
  }
  return isDeployed && !isHeld ? EXIT.ok : EXIT.problems;
}

/** Says whether the settings stop the calls. @returns whether they do, or may do. */
async function reportSettings(store: ParameterStore, options: StoreOptions, io: ResumeIo): Promise<boolean> {
  const { prefix } = options;
  const settings = await store.get(SETTINGS_NAME);
  if (!settings) {
    try {
      if ((await stopBySettings(options)) === undefined) return false;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      io.err(`Calls may remain stopped by settings that were deleted: that is not known. ${error.message}\n`);
      return true;
    }
    io.err(
      `Calls remain stopped: ${prefix}/${SETTINGS_NAME} stopped them and was deleted, which does not start them ` +
        'again. Push a file of settings without a pause with --end-pause.\n',
    );
    return true;
  }
  if (isEncrypted(settings)) {
    io.err(`Calls may remain stopped: ${formatEncrypted(`${prefix}/${SETTINGS_NAME}`)}\n`);
    return true;
  }
  const paused = isPaused(settings.text);
  if (paused) {
    io.err(
      `Calls remain stopped: ${prefix}/${SETTINGS_NAME} has pause: true. Remove that line from the file of the ` +
        'settings, and push it with --end-pause.\n',
    );
    return true;
  }
  if (paused === false) return false;
  const versions = (await store.history(SETTINGS_NAME)).map(({ version, text }) => ({
    version,
    paused: isPaused(text),
  }));
  const lastValid = versions.findLast((one) => one.paused !== undefined);
  const consequence =
    lastValid === undefined
      ? 'no version is, so nothing is called'
      : `version ${lastValid.version} stays in force, ${lastValid.paused ? 'and has pause: true' : 'without a pause'}`;
  io.err(
    `${prefix}/${SETTINGS_NAME} is not valid; ${consequence}. Correct it: push, or escalator rollback settings.\n`,
  );
  return lastValid?.paused ?? true;
}

/** SSM may show a deleted parameter for a moment, so it is asked again. */
async function isStillThere(store: ParameterStore, io: ResumeIo): Promise<boolean> {
  for (const wait of [1_000, 2_000, 0]) {
    if ((await store.get(PAUSE_PARAMETER)) === undefined) return false;
    await io.sleep(wait);
  }
  return true;
}
