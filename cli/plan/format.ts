import { formatSpan } from '../../lambda/domain/duration.ts';
import { visibleLine } from '../../lambda/domain/visible-text.ts';
import { plural } from '../format.ts';
import type { PrintedText } from '../styled-text.ts';
import type { ParameterChange } from './parameter-changes.ts';
import type { PlanDocument } from './plan-document.ts';
import type { QuotaLoad } from './waiting-contacts.ts';

/** Groups of contacts that are printed. */
const MAX_GROUPS = 20;

const COLOURS = { create: 'green', change: 'yellow', delete: 'red' } as const;

/** What a push would change, for people. */
export function formatPlan(plan: PlanDocument): PrintedText {
  return [
    ...plan.changes.flatMap(formatChange),
    ...(plan.order.length > 0
      ? [lines(['Order of evaluation:', ...plan.order.map((one) => `  ${one}`)]), '\n']
      : []),
    lines(waitingLines(plan)),
  ];
}

function formatChange({ parameter, action, version, sentences }: ParameterChange) {
  const from = version === undefined ? '' : `, version ${version}`;
  const heading = { text: visibleLine(`${VERBS[action]} ${parameter}${from}`), colour: COLOURS[action] };
  return [heading, `:\n${lines(sentences.map((sentence) => `  ${sentence}`))}\n`];
}

const VERBS = { create: 'new', change: 'change', delete: 'delete' } as const;

function waitingLines({ waiting, waitingUnknown, isPaused }: PlanDocument): string[] {
  if (waitingUnknown !== undefined)
    return [`What happens to contacts that wait is not known. ${waitingUnknown}`];
  if (!waiting) return [];
  const { examined, changed, groups, assumed, load, isPartial, requests } = waiting;
  const shown = groups.slice(0, MAX_GROUPS);
  const rest = groups.slice(MAX_GROUPS).reduce((sum, { contacts }) => sum + contacts, 0);
  const width = Math.max(0, ...shown.map(({ contacts }) => String(contacts).length));
  return [
    `Contacts that wait now: ${changed === 0 ? 'none changes' : `${changed} of ${examined} change${changed === 1 ? 's' : ''}`}.`,
    ...shown.map(({ contacts, text }) => `  ${String(contacts).padStart(width)} ${text}`),
    ...(rest > 0 ? [`  ${rest} in other ways: see --json`] : []),
    ...(assumed > 0
      ? [`  The routing of ${assumed} of them is not known: Connect's defaults are assumed.`]
      : []),
    ...(isPartial
      ? [`  More contacts wait than the ${examined} that were looked at: --max-contacts looks at more.`]
      : []),
    ...loadLines(load),
    ...(isPaused ? ['Calls are paused: nothing is called before the pause ends.'] : []),
    `To say this took ${plural(requests, 'read request')} to the contacts table. Nothing was written.`,
  ];
}

function loadLines({
  updates,
  updatesPerSecond,
  questions,
  questionsPerSecond,
  seconds,
}: QuotaLoad): string[] {
  if (updates + questions === 0) return ['Load on the quota: no call at once.'];
  const asked =
    questions === 0 ? '' : `, and ${plural(questions, 'question')} at ${rate(questionsPerSecond)}`;
  return [
    `Load on the quota: ${plural(updates, 'call')} at once at ${rate(updatesPerSecond)}${asked}: ` +
      `${seconds < 1 ? 'less than 1s' : formatSpan(Math.ceil(seconds))}.`,
  ];
}

function rate(perSecond: number): string {
  return `${Number(perSecond.toPrecision(3))}/s`;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${visibleLine(text)}\n`).join('');
}
