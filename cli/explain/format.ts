import type { PlanReason } from '../../lambda/domain/contact/decision.ts';
import { formatDuration } from '../../lambda/domain/duration.ts';
import type { Routing, RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import type { PolicyEvaluation } from './evaluations.ts';
import { formatTime } from './instant.ts';

/** Routing in words: `priority 1, routing criteria of 2 steps`. */
export function formatRouting({ priority, ageSeconds, criteria }: Routing): string {
  const parts = [
    ...(priority === undefined ? [] : [`priority ${priority}`]),
    ...(ageSeconds === undefined ? [] : [`age ${formatDuration(ageSeconds)}`]),
    ...(criteria === undefined ? [] : [`routing criteria (${countSteps(criteria.Steps?.length ?? 0)})`]),
  ];
  return parts.join(', ') || 'nothing';
}

/** What Connect is asked to do, in words. */
export function formatUpdate(update: RoutingUpdate): string {
  return Object.entries(update)
    .map(([name, value]) =>
      name === 'RoutingCriteria' ? `${name} ${JSON.stringify(value)}` : `${name} ${value}`,
    )
    .join(', ');
}

/** Why a contact that no policy governs is as it is. */
export const REASON_SENTENCES: Readonly<Record<Exclude<PlanReason, 'governed'>, string>> = {
  'no-policy': 'No policy governs it.',
  'needs-attributes':
    'Which policy governs it depends on attributes that are not known: Connect is asked for',
  'attributes-later':
    'Which policy governs it depends on attributes that are not known, but it does not matter yet.',
  'not-queued': 'It does not wait in a queue, so nothing is done for it.',
  paused: 'It is a paused task, so nothing is done for it until it is resumed.',
  closed: 'Connect does not know it any more, so nothing is done for it.',
  'other-region': 'It is active in another Region, which alone may act on it.',
  'other-instance': 'Its instance is not among those that the settings serve.',
};

/** What a policy answered, in words. */
export function formatVerdict({ verdict, rollout, opensAt }: PolicyEvaluation): string {
  switch (verdict) {
    case 'governs':
      return 'governs';
    case 'shadowed':
      return 'not asked: an earlier one governs';
    case 'inactive':
      return 'would govern, if the contact were not left alone';
    case 'unknown':
      return 'may govern: that takes attributes that are not known';
    case 'off':
      return 'no: its mode is off';
    case 'no-match':
      return 'no: its match does not hold';
    case 'not-in-rollout':
      return `no: the contact is not among the ${rollout} % of its rollout`;
    case 'closed':
      return `no: outside of its hours${opensAt === undefined ? '' : `, which begin at ${formatTime(opensAt)}`}`;
  }
}

function countSteps(count: number): string {
  return `${count} step${count === 1 ? '' : 's'}`;
}
