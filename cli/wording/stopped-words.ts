import type { CallsStopped } from '../../lambda/domain/configuration/build.ts';

/** Why nothing is called, in words. */
export const STOPPED: Readonly<Record<CallsStopped, string>> = {
  paused: 'The kill switch is on: nothing is called.',
  'settings-unknown': 'No valid version of the settings is known: nothing is called.',
  'no-configuration': 'No configuration has been compiled: nothing is called.',
};
