import { parseSettings } from '../../lambda/domain/parse-settings.ts';
import { AwsError } from '../errors.ts';
import { SETTINGS_NAME } from '../sources/source.ts';
import { stopBySettings } from './in-force.ts';
import type { StoreOptions } from './options.ts';
import type { ParameterStore } from './parameter-store.ts';

/** Text that is not valid and means to stop the calls, such as `pause: on`. */
const MEANS_PAUSE = /^\s*["']?pause["']?\s*:(?!\s*["']?(false|no|off)\b)/im;

/**
 * Whether new settings end a `pause: true` that is in force.
 *
 * @param current - the text of the settings in SSM. Undefined if there are none: then a pause of deleted settings is
 *   still in force.
 * @throws AwsError when it cannot be known, so that nobody ends a pause unknowingly.
 */
export async function endsPause(
  store: ParameterStore,
  options: StoreOptions,
  current: string | undefined,
  next: string,
): Promise<boolean> {
  if (isPaused(next) !== false) return false;
  const paused = current === undefined ? undefined : isPaused(current);
  if (paused !== undefined) return paused;
  if (current !== undefined && (await wasPaused(store, current))) return true;
  try {
    return (await stopBySettings(options)) === 'paused';
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      `Nothing was written: the settings in force may have a pause, which these would end. ${error.message} ` +
        'Or pass --end-pause, so that calls start again whatever is in force.',
      { cause: error },
    );
  }
}

/** Where the settings are not valid, their last valid version is in force. */
async function wasPaused(store: ParameterStore, current: string): Promise<boolean> {
  const versions = await store.history(SETTINGS_NAME);
  const lastValid = versions.map(({ text }) => isPaused(text)).findLast((paused) => paused !== undefined);
  return lastValid ?? MEANS_PAUSE.test(current);
}

/** Whether settings pause calls. Undefined when they are not valid. */
export function isPaused(settings: string): boolean | undefined {
  return parseSettings(settings).settings?.pause;
}
