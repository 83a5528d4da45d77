import { formatDuration, formatSpan } from '../../lambda/domain/duration.ts';
import { isEmptyRouting } from '../../lambda/domain/routing/routing.ts';
import { visibleLine } from '../../lambda/domain/visible-text.ts';
import { formatExpected, formatValue } from '../wording/pattern-words.ts';
import { formatRouting } from '../wording/routing-words.ts';
import { type FormatMoment, isUtcZone, momentFormat } from '../wording/times.ts';
import { formatUpdate } from '../wording/update-words.ts';
import type { Condition } from './conditions.ts';
import {
  type AssumedCondition,
  type ExplainedShadow,
  type Explanation,
  HORIZON_MS,
  type TimelineMoment,
} from './explanation.ts';
import { formatHistoryText } from './history-words.ts';
import { formatVerdict, REASON_LABELS, REASON_SENTENCES } from './phrases.ts';
import type { PlaceInLine } from './place-in-line.ts';
import { formatStepSet, routeValueLines } from './route-values.ts';
import type { ExplainedStep } from './steps.ts';

/** The explanation for people. Times are in its time zone, and in UTC. */
export function formatExplanation(explanation: Explanation): string {
  const formatMoment = momentFormat(explanation.timezone);
  return [
    headLines(explanation, formatMoment),
    policyLines(explanation, formatMoment),
    stepLines(explanation),
    timelineLines(explanation, formatMoment),
    historyLines(explanation, formatMoment),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${visibleLine(line)}\n`).join(''))
    .join('\n');
}

function headLines(explanation: Explanation, formatMoment: FormatMoment): string[] {
  const {
    contact,
    enqueuedAt,
    at,
    isQueued,
    override,
    overriddenBy,
    applied,
    assumedConditions = [],
    shadows,
    stopped,
    place: line,
    timezone,
  } = explanation;
  const queue = contact.queue?.name ?? contact.queue?.id ?? contact.queue?.arn ?? 'a queue';
  const place =
    enqueuedAt === undefined
      ? 'has not been in a queue'
      : isQueued
        ? `has been in ${queue} since ${formatMoment(enqueuedAt)}`
        : `was last enqueued in ${queue} at ${formatMoment(enqueuedAt)}`;
  const wait = enqueuedAt === undefined ? '' : ` (${formatWait(at, enqueuedAt)})`;
  return [
    `Contact ${contact.contactId} of instance ${contact.instanceId} ${place}.`,
    `At ${formatMoment(at)}${wait}: ${planSentence(explanation)}`,
    ...targetLines(explanation, formatMoment),
    ...(override ? [`An operator's override applies instead: ${formatRouting(override)}.`] : []),
    ...(overriddenBy ? [overriddenBySentence(overriddenBy, formatMoment)] : []),
    ...(applied && !isEmptyRouting(applied) ? [`Applied in Connect: ${formatRouting(applied)}.`] : []),
    ...assumedConditions.map(assumptionSentence),
    ...(line ? [placeSentence(line)] : []),
    ...shadows.map(shadowSentence),
    ...stopped,
    ...(isUtcZone(timezone) ? [] : [`Times are those of ${timezone}, with UTC in brackets.`]),
  ];
}

/** The actor is what the message says; the sender is what SQS reports. */
function overriddenBySentence(
  by: NonNullable<Explanation['overriddenBy']>,
  formatMoment: FormatMoment,
): string {
  const { at, actor, reason, sender, originalSender } = by;
  const declared = actor === undefined ? 'it names no actor' : `it names the actor ${actor}`;
  const because = reason === undefined ? '' : ` and the reason ${JSON.stringify(reason)}`;
  const sentBy = sender === undefined ? 'SQS reported no sender' : `SQS reports the sender ${sender}`;
  const first = originalSender === undefined ? '' : `, who redrove it for ${originalSender}`;
  return `It was sent at ${formatMoment(at)}: ${declared}${because}; ${sentBy}${first}.`;
}

function planSentence({ plan, steps }: Explanation): string {
  if (plan.reason !== 'governed') {
    return plan.requiredAttributes
      ? `${REASON_SENTENCES[plan.reason]} ${plan.requiredAttributes.join(', ')}.`
      : REASON_SENTENCES[plan.reason];
  }
  const step = plan.step === undefined ? undefined : steps[plan.step];
  if (step) {
    const set = isEmptyRouting(plan.desired) ? ', and sets nothing' : `: ${formatRouting(plan.desired)}`;
    return `${plan.policy} governs; step ${step.sourceIndex + 1} is reached${set}.`;
  }
  if (!plan.target) return `${plan.policy} governs; no step is reached.`;
  return isEmptyRouting(plan.desired)
    ? `${plan.policy} governs; its target sets no age.`
    : `${plan.policy} governs by its target: ${formatRouting(plan.desired)}.`;
}

/** When the contact is due by its target, and what that does. */
function targetLines({ plan: { target }, at }: Explanation, formatMoment: FormatMoment): string[] {
  if (!target) return [];
  const { dueAt, rankedAt, ageSeconds, horizonSeconds } = target;
  const leftSeconds = Math.round((dueAt - at) / 1_000);
  const left = leftSeconds >= 0 ? `in ${formatSpan(leftSeconds)}` : `${formatSpan(-leftSeconds)} ago`;
  const horizon = formatDuration(horizonSeconds);
  const waitSeconds = Math.round((dueAt - rankedAt) / 1_000);
  const difference =
    waitSeconds >= 0
      ? `less the ${formatDuration(waitSeconds)} from its enqueue until then`
      : `plus the ${formatDuration(-waitSeconds)} from then until its enqueue`;
  const effect =
    ageSeconds > 0
      ? `Its age is the horizon of ${horizon} ${difference}, so contacts of its priority are answered in the order in which they are due.`
      : `That is not before the horizon of ${horizon}, when contacts without a target are due, so no age is set.`;
  return [`By its target it is due at ${formatMoment(dueAt)}, ${left}. ${effect}`];
}

/** Where the contact stands, and what is only assumed of that. */
function placeSentence({ place, waiting, assumed, isOwnAssumed, isPartial }: PlaceInLine): string {
  if (waiting === 1) return 'Place in line now: it is the only contact that waits in this queue.';
  const others = assumed - (isOwnAssumed ? 1 : 0);
  const unknown = [
    ...(isOwnAssumed ? ['this contact'] : []),
    ...(others > 0 ? [`${others} of the others`] : []),
  ].join(' and ');
  const assumption =
    unknown === '' ? '' : ` The routing of ${unknown} is not known: Connect's defaults are assumed.`;
  const seen = isPartial ? `the ${waiting} that were looked at` : `the ${waiting} that wait`;
  return (
    `Place in line now: ${place} of ${seen} in this queue, by priority, then time in queue plus age; agents and routing ` +
    `criteria are not considered.${assumption}`
  );
}

function assumptionSentence({ name, holds }: AssumedCondition): string {
  return holds
    ? `Assumed: the condition ${name} holds for its queue, since the contact has that signal.`
    : `Assumed: the condition ${name} does not hold for its queue. signals: [${name}] in a contact view says that it does.`;
}

function shadowSentence({ policy, sourceIndex, wouldSet }: ExplainedShadow): string {
  const isNothing = isEmptyRouting(wouldSet);
  const set = isNothing ? 'would have set nothing' : `would have set ${formatRouting(wouldSet)}`;
  // Without a step, it is the target that sets something.
  if (sourceIndex === undefined && !isNothing) return `${policy} observes: it ${set}.`;
  const step = sourceIndex === undefined ? 'no step is reached' : `step ${sourceIndex + 1} is reached`;
  return `${policy} observes; ${step}: it ${set}.`;
}

function policyLines({ policies }: Explanation, formatMoment: FormatMoment): string[] {
  if (policies.length === 0) return ['There are no policies.'];
  return [
    'Policies, in order of evaluation:',
    ...policies.flatMap((evaluation) => [
      `  ${evaluation.policy} (precedence ${evaluation.precedence}) ${formatVerdict(evaluation, formatMoment)}`,
      ...evaluation.conditions.flatMap((condition) => conditionLines(condition, '      ')),
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
  const { field, expected, actual, holds } = condition;
  const value = actual === undefined ? 'nothing' : formatValue(actual);
  const found = holds === undefined ? 'not known' : `found ${value}`;
  return [`${indent}${mark}: ${field} ${formatExpected(expected)} (${found})`];
}

function stepLines({ plan, steps }: Explanation): string[] {
  if (steps.length === 0) return [];
  return [
    `Steps of ${plan.policy}:`,
    ...steps.flatMap((step) => [
      `  ${formatDuration(step.reachedSeconds).padEnd(7)} step ${step.sourceIndex + 1}: ` +
        `${formatStepSet(step)}${skipNote(step)}`,
      ...step.conditions.flatMap((condition) => conditionLines(condition, '      ')),
      ...routeValueLines(step).map((line) => `      ${line}`),
    ]),
  ];
}

function skipNote({ applies, criteriaStay }: ExplainedStep): string {
  if (applies !== false) return '';
  return criteriaStay
    ? ' (its when does not hold any more: its criteria alone stay)'
    : ' (skipped: its when does not hold)';
}

function timelineLines(explanation: Explanation, formatMoment: FormatMoment): string[] {
  const { timeline, at, timelineContinuesAt, isQueued } = explanation;
  if (!isQueued) return [];
  return [
    'Timeline, if the contact remains in the queue and no event or message arrives:',
    ...timeline.map((moment) => `  ${formatTimelineMoment(moment, explanation, formatMoment)}`),
    ...(timelineContinuesAt === undefined
      ? []
      : [
          `  The timeline ends at ${formatMoment(at + HORIZON_MS)}; ` +
            `the next reconcile is at ${formatMoment(timelineContinuesAt)}.`,
        ]),
  ];
}

function formatTimelineMoment(
  moment: TimelineMoment,
  { enqueuedAt, at: now }: Explanation,
  formatMoment: FormatMoment,
): string {
  const { at, plan, sourceIndex, override, calls, shadowChanges } = moment;
  const step = sourceIndex === undefined ? '' : `, step ${sourceIndex + 1}`;
  const decision = plan.reason === 'governed' ? `${plan.policy}${step}` : REASON_LABELS[plan.reason];
  const overridden = override ? `, overridden with ${formatRouting(override)}` : '';
  const sent = calls.map((call) => formatUpdate(call, at, formatMoment)).join(', then ');
  const updates = calls.length === 0 ? 'no update' : `sets ${sent}`;
  const shadows = shadowChanges
    .map(({ policy, set }) => `; ${policy} would set ${formatRouting(set)}`)
    .join('');
  const past = at < now ? ' (past)' : '';
  const wait = formatWait(at, enqueuedAt ?? at);
  return `${formatMoment(at)} ${wait}: ${decision}${overridden}: ${updates}${shadows}${past}`;
}

function historyLines({ history }: Explanation, formatMoment: FormatMoment): string[] {
  if (history.length === 0) return [];
  return [
    'History:',
    ...history.map(
      ({ at, text, sourceIndex }) =>
        `  ${formatMoment(at)} ${formatHistoryText(text, at, formatMoment, sourceIndex)}`,
    ),
  ];
}

function formatWait(at: number, enqueuedAt: number): string {
  const seconds = Math.floor((at - enqueuedAt) / 1_000);
  return seconds < 0 ? `${formatSpan(-seconds)} before it was enqueued` : `waited ${formatSpan(seconds)}`;
}
