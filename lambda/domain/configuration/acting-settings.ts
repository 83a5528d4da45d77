import { DEFAULT_SETTINGS, type Settings, settingsFromSource } from '../settings.ts';
import type { CompiledPause, CompiledSettings } from './compiled.ts';

/** Why nothing is called although updates may be pending. */
export type CallsStopped =
  /** The parameter `pause` exists, or the settings say `pause: true`. */
  | 'paused'
  /** No valid settings are known, or a newer version that could not be read may say `pause: true`. */
  | 'settings-unknown'
  /** No configuration has been compiled yet, or this code cannot read it. */
  | 'no-configuration';

/** The settings by which the system acts, and why it calls nothing, if so. */
export interface ActingSettings {
  /** `pause` is true whenever calls are stopped, whatever the reason. */
  readonly settings: Settings;
  readonly stopped?: CallsStopped;
}

/** What decides about the settings: a part of the compiled configuration. */
export interface SettingsInForce {
  readonly settings?: CompiledSettings;
  readonly pause?: CompiledPause;
}

/**
 * The settings by which the system acts. Where they are not known the defaults decide, and nothing is called. Never
 * throws.
 *
 * @param inForce - undefined: no configuration is known.
 */
export function actingSettings(inForce: SettingsInForce | undefined): ActingSettings {
  const stop = (settings: Settings, stopped: CallsStopped) => ({
    settings: { ...settings, pause: true },
    stopped,
  });
  if (!inForce) return stop(DEFAULT_SETTINGS, 'no-configuration');
  const settings = inForce.settings && knownSettings(inForce.settings.source);
  if (inForce.pause || settings?.pause) return stop(settings ?? DEFAULT_SETTINGS, 'paused');
  if (!settings) return stop(DEFAULT_SETTINGS, 'settings-unknown');
  return inForce.settings?.isUncertain ? stop(settings, 'settings-unknown') : { settings };
}

/** The settings of a source; undefined when this code does not understand it. */
export function knownSettings(source: unknown): Settings | undefined {
  try {
    return settingsFromSource(source).settings;
  } catch {
    return undefined;
  }
}
