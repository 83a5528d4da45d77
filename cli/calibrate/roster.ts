import type { Calibration } from '../../sim/calibration/calibration.ts';
import type { Collected } from '../../sim/calibration/collector.ts';
import {
  knownQueues,
  parseRoster,
  type RosterRow,
  rosterProfiles,
  unknownQueues,
} from '../../sim/calibration/roster.ts';
import { isManyDays } from '../../sim/calibration/scenario-text.ts';
import type { Profile } from '../../sim/calibration/staff.ts';
import { UsageError } from '../errors.ts';
import { plural } from '../format.ts';
import { readTextFile } from '../sources/read.ts';

/** @throws UsageError with all problems of the file. */
export async function readRoster(file: string, cwd: string): Promise<readonly RosterRow[]> {
  const { rows, problems } = parseRoster(await readTextFile(file, cwd));
  if (problems.length === 0) return rows;
  throw new UsageError(problems.map((problem) => `${file}, ${problem}`).join('\n'));
}

/**
 * The calibration with the agents of a roster instead of those that were seen.
 *
 * @throws UsageError when the roster names queues that the recording does not have.
 */
export function withRoster(
  calibration: Calibration,
  rows: readonly RosterRow[],
  collected: Pick<Collected, 'startsAt' | 'endsAt' | 'streams'>,
): Calibration {
  const { profiles } = calibration;
  const { streams } = collected;
  const unknown = unknownQueues(rows, streams, profiles);
  if (unknown.length > 0) {
    throw new UsageError(
      `The roster names queues in which no contact waited (${unknown.join(', ')}). Those of the recording are ${knownQueues(streams, profiles).join(', ')}.`,
    );
  }
  return { ...calibration, profiles: rosterProfiles(rows, profiles, streams, isManyDays(collected)) };
}

/** A sentence for each profile that the recording shows and the roster lacks. */
export function profilesWithoutRoster(seen: readonly Profile[], ofRoster: readonly Profile[]): string[] {
  const known = new Set(ofRoster.map(({ queues }) => queues.join(' ')));
  return seen
    .filter(({ queues }) => !known.has(queues.join(' ')))
    .map(
      ({ queues, agents }) =>
        `The roster has nobody for exactly ${queues.join(' ')}, which ${plural(agents, 'agent')} served: these agents are left out.`,
    );
}
