import type { SetResult, SimulationResult } from '../simulation/result.ts';
import type { Answer } from './answers/answer.ts';
import { mostUrgentAnswer } from './answers/most-urgent.ts';
import { moreHangUp, othersAnswer } from './answers/others.ts';
import { quotaAnswer } from './answers/quota.ts';
import { wait } from './words.ts';

/** What one set does, held against the baseline. */
export interface SetVerdict {
  readonly set: string;
  /** What it does for the most urgent tier, what that costs the others, and whether the quota suffices. */
  readonly answers: readonly [Answer, Answer, Answer];
  /** Sentences on tiers of which more hang up. */
  readonly warnings: readonly string[];
}

/** A simulation in words. */
export interface Verdict {
  /** All sets but the baseline. */
  readonly sets: readonly SetVerdict[];
  /** A sentence for each tier that a set starves, the baseline included. */
  readonly starvation: readonly string[];
  /** What limits the verdict as a whole. */
  readonly remarks: readonly string[];
}

/** Says what the sets do, and no more than the runs can show. */
export function verdict(result: SimulationResult): Verdict {
  const { sets, baseline, runs, callsPerSecondGranted } = result;
  return {
    sets: sets
      .filter(({ name }) => name !== baseline)
      .map((set) => ({
        set: set.name,
        answers: [
          mostUrgentAnswer(set, result),
          othersAnswer(set, result),
          quotaAnswer(set.calls, callsPerSecondGranted),
        ],
        warnings: moreHangUp(set, runs),
      })),
    starvation: sets.flatMap((set) => starvation(set, baseline)),
    remarks: [
      ...(sets.length > 1 ? [] : [`Only ${baseline} was simulated: there is nothing to hold it against.`]),
      ...(runs > 1
        ? []
        : ['This is one run, and its differences may be luck. More runs give every figure an interval.']),
    ],
  };
}

function starvation({ name, starved }: SetResult, baseline: string): readonly string[] {
  return starved.map(({ tier, policy, timesAsLong, longestWaitSeconds, why }) => {
    const times = Number.isFinite(timesAsLong)
      ? `${timesAsLong.toFixed(1)} times as long as`
      : 'far longer than';
    return (
      `The set ${name} starves ${tier}, as contacts of the policy ${policy} always go first: ` +
      `${tier} waits ${times} under ${baseline}, and up to ${wait(longestWaitSeconds)}. ${why}`
    ).trim();
  });
}
