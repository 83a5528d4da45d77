import { formatDuration } from '../../lambda/domain/duration.ts';
import { isEmptyRouting } from '../../lambda/domain/routing/routing.ts';
import type { Condition } from './conditions.ts';
import type { Explanation, TimelineMoment } from './explanation.ts';
import { formatRouting, formatUpdate, formatVerdict, REASON_SENTENCES } from './format.ts';
import { formatTime } from './instant.ts';

/** An explanation for people. */
export function formatExplanation(explanation: Explanation): string {
  return [
    headLines(explanation),
    policyLines(explanation),
    stepLines(explanation),
    timelineLines(explanation),
    historyLines(explanation),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

function headLines(explanation: Explanation): string[] {
  const { contact, enqueuedAt, at, waits, plan, override, applied: inForce, paused } = explanation;
  const queue = contact.queue?.id ?? contact.queue?.arn ?? 'a queue';
  const since =
    enqueuedAt === undefined
      ? 'was in no queue yet'
      : `${waits ? 'waits' : 'was'} in ${queue} since ${formatTime(enqueuedAt)}`;
  return [
    `Contact ${contact.contactId} of instance ${contact.instanceId} ${since}.`,
    `At ${formatTime(at)}${enqueuedAt === undefined ? '' : ` (${formatWait(at, enqueuedAt)})`}: ${planSentence(explanation)}`,
    ...(plan.mode === 'observe' ? ['The policy only observes: nothing is sent for it.'] : []),
    ...(override ? [`An operator's override holds instead: ${formatRouting(override)}.`] : []),
    ...(inForce && !isEmptyRouting(inForce) ? [`In force at Connect: ${formatRouting(inForce)}.`] : []),
    ...(paused ? ['The settings say pause: nothing is sent.'] : []),
  ];
}

function planSentence({ plan, steps }: Explanation): string {
  if (plan.reason !== 'governed') {
    return plan.requiredAttributes
      ? `${REASON_SENTENCES[plan.reason]} ${plan.requiredAttributes.join(', ')}.`
      : REASON_SENTENCES[plan.reason];
  }
  const step = plan.step === undefined ? undefined : steps[plan.step];
  const reached = step ? `steps[${step.source}] is reached and wants` : 'no step is reached, which wants';
  return `${plan.policy} governs; ${reached} ${formatRouting(plan.desired)}.`;
}

function policyLines({ policies }: Explanation): string[] {
  if (policies.length === 0) return ['There are no policies.'];
  return [
    'Policies, in the order in which they are asked:',
    ...policies.flatMap((asked) => [
      `  ${asked.policy} (precedence ${asked.precedence}) ${formatVerdict(asked)}`,
      ...asked.conditions.flatMap((condition) => conditionLines(condition, '      ')),
    ]),
  ];
}

function conditionLines(condition: Condition, indent: string): string[] {
  const mark = condition.holds === undefined ? 'unknown' : condition.holds ? 'yes' : 'no';
  if ('either' in condition) {
    return [
      `${indent}${mark}: one of`,
      ...condition.either.flatMap((branch, index) => [
        ...(index === 0 ? [] : [`${indent}  or`]),
        ...branch.flatMap((inner) => conditionLines(inner, `${indent}    `)),
      ]),
    ];
  }
  const has = condition.has === undefined ? 'nothing' : JSON.stringify(condition.has);
  const found =
    condition.holds === undefined ? 'what the contact has is not known' : `the contact has ${has}`;
  return [`${indent}${mark}: ${condition.field} wants ${JSON.stringify(condition.wants)}, ${found}`];
}

function stepLines({ plan, steps }: Explanation): string[] {
  if (steps.length === 0) return [];
  return [
    `Steps of ${plan.policy}:`,
    ...steps.flatMap(({ source, reachedSeconds, set, conditions, applies }) => [
      `  ${formatDuration(reachedSeconds).padEnd(7)} steps[${source}] ${formatRouting(set)}${applies === false ? ' (passed over while its when does not hold)' : ''}`,
      ...conditions.flatMap((condition) => conditionLines(condition, '      ')),
    ]),
  ];
}

function timelineLines(explanation: Explanation): string[] {
  const { timeline, at, timelineContinuesAt: timelineGoesOnAt, waits } = explanation;
  if (!waits) return [];
  return [
    'Timeline, if nothing but time passes:',
    ...timeline.map((moment) => `  ${formatMoment(moment, explanation)}`),
    ...(timelineGoesOnAt === undefined
      ? []
      : [
          `  Told until ${formatTime(at + 86_400_000)}; the next look is at ${formatTime(timelineGoesOnAt)}.`,
        ]),
  ];
}

function formatMoment(moment: TimelineMoment, { enqueuedAt, at: now }: Explanation): string {
  const { at, plan, source, override, calls } = moment;
  const by =
    plan.policy === undefined
      ? plan.reason
      : `${plan.policy}${source === undefined ? '' : ` steps[${source}]`}`;
  const sent = calls.length === 0 ? 'nothing is sent' : `sends ${calls.map(formatUpdate).join(', then ')}`;
  const tense = at < now ? ' (past)' : '';
  const overridden = override ? `, overridden with ${formatRouting(override)}` : '';
  return `${formatTime(at)} ${formatWait(at, enqueuedAt ?? at)}: ${by}${overridden}: ${sent}${tense}`;
}

function historyLines({ history }: Explanation): string[] {
  if (history.length === 0) return [];
  return ['History:', ...history.map(({ at, text }) => `  ${formatTime(at)} ${text}`)];
}

function formatWait(at: number, enqueuedAt: number): string {
  const seconds = Math.floor((at - enqueuedAt) / 1_000);
  return seconds < 0
    ? `${formatDuration(-seconds)} before it was queued`
    : `waited ${formatDuration(seconds)}`;
}
