import type { Policy, Step } from '../policy.ts';
import type { Warning } from './warning.ts';

/**
 * Warns of criteria of which the last step never expires, unless a later step is sure to replace them: where no agent
 * meets them, the contact is offered to nobody until the caller gives up. One warning per source step.
 */
export function endlessRouteWarnings({ name, steps }: Policy): Warning[] {
  const replaced = steps.findLastIndex(isSureOfCriteria);
  const lasting = steps.slice(Math.max(replaced, 0)).filter(isEndless);
  return [...new Set(lasting.map(({ sourceIndex }) => sourceIndex))].map((sourceIndex) => ({
    code: 'endless-route',
    policy: name,
    path: ['steps', sourceIndex, 'set'],
    message:
      'The last step of its criteria never expires: a contact that no agent fits waits without end. Give that step an ' +
      'end, such as "for 2m" in a route or Expiry in routingCriteria. After it any agent of the queue may answer.',
  }));
}

/** True where the step sets criteria for every contact that it reaches: no pattern and no string can prevent it. */
function isSureOfCriteria({ set, condition, values = [] }: Step): boolean {
  return set.criteria !== undefined && condition === undefined && values.length === 0;
}

function isEndless({ set }: Step): boolean {
  const last = set.criteria?.Steps.at(-1);
  return last !== undefined && last.Expiry === undefined;
}
