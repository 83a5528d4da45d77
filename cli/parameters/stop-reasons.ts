import { actingSettings } from '../../lambda/domain/configuration/acting-settings.ts';
import type { CompiledConfiguration } from '../../lambda/domain/configuration/compiled.ts';
import { PAUSE } from '../../lambda/domain/configuration/parameter-name.ts';
import type { ConfigurationInForce } from '../aws/configuration-in-force.ts';
import { formatTime } from '../format.ts';
import type { Snapshot } from './parameter-store.ts';
import { parsePauseRecord } from './pause-record.ts';

/** Why nothing is called. */
export interface StopReason {
  /** A sentence. */
  readonly text: string;
  /** What ends it. */
  readonly next: string;
  /** Whether a person wants it so. Default: it is a fault. */
  readonly isPause?: true;
}

/** Why the system calls nothing: none while updates are sent, two where parameter and settings both pause the calls. */
export function stopReasons({ stopped, compiled }: ConfigurationInForce): StopReason[] {
  switch (stopped) {
    case undefined:
      return [];
    case 'paused':
      return pausesIn(compiled);
    case 'settings-unknown':
      return [
        {
          text: 'No valid version of the settings is known: nothing is called.',
          next: 'Correct the settings: escalator check, escalator push.',
        },
      ];
    case 'no-configuration':
      return [
        {
          text: 'No configuration has been compiled: nothing is called.',
          next: 'Look at the log of the function PolicyChanges.',
        },
      ];
  }
}

function pausesIn({ pause, settings }: CompiledConfiguration): StopReason[] {
  const isPausedBySettings = actingSettings({ settings }).stopped === 'paused';
  return [
    ...(pause ? [pauseByParameter(pause.value, formatTime(pause.since))] : []),
    ...(settings && isPausedBySettings ? [pauseBySettings(formatTime(settings.since))] : []),
  ];
}

/** What SSM has that stops the calls beside the settings. */
export function storedPauses({ pause, otherPauses }: Pick<Snapshot, 'pause' | 'otherPauses'>): StopReason[] {
  return [
    ...(pause === undefined ? [] : [pauseByParameter(pause.text)]),
    ...otherPauses.map(
      (name): StopReason => ({
        text: `The parameter ${name} stops all calls: it is nearly the name of the pause.`,
        next: `aws ssm delete-parameter --name ${name}`,
        isPause: true,
      }),
    ),
  ];
}

/**
 * @param value - its text, or what the text holds.
 * @param knownSince - a time in ISO 8601, for a text that has none.
 */
function pauseByParameter(value: unknown, knownSince?: string): StopReason {
  const record = parsePauseRecord(value);
  const at = record?.at ?? knownSince;
  const stops = at === undefined ? 'stops all calls' : `has stopped all calls since ${at}`;
  const why = record
    ? `: ${record.who} wrote it, for the reason ${JSON.stringify(record.reason)}.`
    : '; its text does not say who wrote it, and why.';
  return {
    text: `The parameter ${PAUSE} ${stops}${why}`,
    next: 'escalator resume, when the reason is gone.',
    isPause: true,
  };
}

/** @param since - since when the settings are in force, in ISO 8601. */
export function pauseBySettings(since?: string): StopReason {
  return {
    text: `The settings have pause: true, which stops all calls${since === undefined ? '' : `; they have been in force since ${since}`}.`,
    next: 'Push settings with pause: false.',
    isPause: true,
  };
}
