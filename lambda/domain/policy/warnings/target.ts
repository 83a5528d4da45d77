import { shortestWait } from '../../calendar/shortest-wait.ts';
import { formatDuration } from '../../duration.ts';
import { CHANNELS, horizonSeconds } from '../../horizon.ts';
import { canonicalJson } from '../../json.ts';
import { findRequiredValues } from '../../pattern/index.ts';
import type { Settings } from '../../settings.ts';
import type { Policy } from '../policy.ts';
import type { Warning } from './warning.ts';

/** Returns the warnings about the targets of a set of policies. */
export function targetWarnings(policies: readonly Policy[], settings: Settings): Warning[] {
  return [
    ...policies.flatMap((policy) => [...soonTargets(policy, settings), ...farTargets(policy, settings)]),
    ...sameOrder(policies),
  ];
}

/** Warns of a target within the routing lag: the contact is due before its age shows in the queue. */
function soonTargets({ name, target }: Policy, { routingLagSeconds }: Settings): Warning[] {
  if (typeof target !== 'number' || target > routingLagSeconds) return [];
  const message =
    `A contact is due after ${formatDuration(target)}, and its age takes about ` +
    `${formatDuration(routingLagSeconds)} to show in a queue: it comes too late to bring the contact forward in ` +
    'time, and so does a step. Lengthen the target, or set a priority in the flow, before the contact is queued.';
  return [{ code: 'sooner-than-lag', policy: name, path: ['target'], message }];
}

/** Warns of a target that ranks the contact behind those without one, where the horizon is known. */
function farTargets({ name, target, match, clock }: Policy, { horizon }: Settings): Warning[] {
  // A clock that starts before the contact was queued may bring it forward or not. Closed hours only make it due later.
  if (target === undefined || clock.from !== 'enqueued') return [];
  const warning = (message: string): Warning[] => [
    { code: 'target-beyond-horizon', policy: name, path: ['target'], message },
  ];
  if (target === 'horizon') {
    return warning(
      'The target horizon is the place of the whole transfer chain, and the clock begins in this queue: it changes ' +
        'nothing. Write "clock: firstEnqueued", or a target shorter than the horizon.',
    );
  }
  const required = match && findRequiredValues(match).get('channel');
  const channels = CHANNELS.filter((channel) => !required || required.has(channel));
  const longest = Math.max(...channels.map((channel) => horizonSeconds(horizon, channel)));
  const soonest = clock.calendar ? shortestWait(clock.calendar, target) : target;
  if (soonest < longest) return [];
  const openHours =
    target < longest
      ? `The clock counts open hours only, and shows the target after ${formatDuration(soonest)} at the soonest. That`
      : 'The target';
  return warning(
    `${openHours} is not before the horizon, ${formatDuration(longest)}, when contacts without a target count as ` +
      'due: it changes nothing. Shorten the target, or lengthen horizon in the settings.',
  );
}

/** Warns where all contacts have one target: each gets the same age, so the order remains as without it. */
function sameOrder(policies: readonly Policy[]): Warning[] {
  const enforced = policies.filter(({ mode }) => mode === 'enforce');
  const last = enforced.find(({ match, during, rollout }) => !match && !during && rollout === 100);
  if (!last) return [];
  const reached = enforced.slice(0, enforced.indexOf(last) + 1);
  const isSame = reached.every(
    ({ target, clock, steps }) =>
      typeof target === 'number' &&
      target === last.target &&
      clock.from === 'enqueued' &&
      !clock.calendar &&
      canonicalJson(steps) === canonicalJson(last.steps),
  );
  if (!isSame) return [];
  const message =
    'Every contact has this target, so each gets the same age, and the order of the queue is the same as without it. ' +
    'Leave out the target of those that may wait longest: they count as due at the horizon, without a call.';
  return [{ code: 'changes-nothing', policy: last.name, path: ['target'], message }];
}
