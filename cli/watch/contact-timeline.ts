import { latestVisit } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord, HistoryEntry } from '../../lambda/domain/contact/record.ts';
import { formatSpan } from '../../lambda/domain/duration.ts';
import { defined } from '../../lambda/domain/json.ts';
import { visibleLine } from '../../lambda/domain/visible-text.ts';
import type { Explanation, TimelineMoment } from '../explain/explanation.ts';
import { formatHistoryText, parseUpdateLine } from '../explain/history-words.ts';
import { formatRouting } from '../wording/routing-words.ts';
import { type FormatMoment, momentFormat } from '../wording/times.ts';
import { formatUpdate } from '../wording/update-words.ts';
import type { TimelineItem, TimelineKind } from './contact-page.ts';

/** What happened to a contact and what is to come, in order of time. */
export function contactTimeline(record: ContactRecord, explanation: Explanation): TimelineItem[] {
  const formatMoment = momentFormat(explanation.timezone);
  return [
    ...events(record),
    ...signals(record),
    ...override(explanation),
    ...history(record, explanation, formatMoment),
    ...reachedStep(explanation),
    ...coming(explanation, formatMoment),
    ...target(explanation),
  ]
    .map((item) => ({ ...item, words: visibleLine(item.words) }))
    .sort((a, b) => a.at - b.at);
}

function events({ facts }: ContactRecord): TimelineItem[] {
  const visit = latestVisit(facts);
  const {
    initiatedAt,
    firstEnqueuedAt,
    connectedAt,
    disconnectedAt,
    pauses = [],
    resumes = [],
  } = facts ?? {};
  const enqueuedAt = visit?.enqueuedAt;
  const event = (at: number | undefined, words: string): TimelineItem[] =>
    at === undefined ? [] : [{ at, kind: 'event', words }];
  return [
    ...event(initiatedAt, 'the contact began'),
    ...event(firstEnqueuedAt === enqueuedAt ? undefined : firstEnqueuedAt, 'entered its first queue'),
    ...event(enqueuedAt, 'entered its queue'),
    ...event(connectedAt, 'an agent answered'),
    ...event(disconnectedAt, 'the contact ended'),
    ...pauses.flatMap((at) => event(at, 'the task was paused')),
    ...resumes.flatMap((at) => event(at, 'the task was resumed')),
  ];
}

function signals({ signals: own, queueSignals = {}, queueConditions = {} }: ContactRecord): TimelineItem[] {
  const items = (held: ContactRecord['signals'], what: string): TimelineItem[] =>
    Object.entries(held).map(([name, { at, until }]) => ({
      at,
      kind: 'signal',
      words: `${what} ${name}`,
      ...defined({ until }),
    }));
  return [
    ...items(own, 'signal'),
    ...items(queueSignals, 'signal of its queue'),
    ...items(queueConditions, 'condition of its queue'),
  ];
}

/** Lines of the history that are about what has an item of its own. */
const REPEATED = /^(?:signal|condition) /;

function history(
  { history: lines }: ContactRecord,
  { override: inForce }: Explanation,
  formatMoment: FormatMoment,
): TimelineItem[] {
  const ofOverride = inForce && lines.findLast(({ text }) => /^override\b/.test(text));
  return lines
    .filter((line) => !REPEATED.test(line.text) && line !== ofOverride)
    .map((line) => ({
      at: line.at,
      kind: kindOf(line),
      words: formatHistoryText(line.text, line.at, formatMoment),
    }));
}

function kindOf({ text, isShadow }: HistoryEntry): TimelineKind {
  if (isShadow) return 'shadow';
  const update = parseUpdateLine(text);
  if (update) return update.result === 'applied' ? 'update' : 'failure';
  if (/^(?:override|release)\b/.test(text)) return 'override';
  if (/^(?:closed|gave up)\b/.test(text)) return 'failure';
  return /^[a-z-]+(?: by \S+)?(?: step \d+)?(?:, overridden with .*)?$/.test(text) ? 'decision' : 'other';
}

/** The override that holds, with who ordered it and why. */
function override({ override: set, overriddenBy: by }: Explanation): TimelineItem[] {
  if (!set || !by) return [];
  const who = by.actor ?? by.sender ?? 'somebody';
  const why = by.reason === undefined ? '' : `: ${by.reason}`;
  return [
    {
      at: by.at,
      kind: 'override',
      words: `${formatRouting(set)} by ${who}${why}`,
      ...defined({ until: by.until }),
    },
  ];
}

function reachedStep({ plan, steps }: Explanation): TimelineItem[] {
  const { policy, step, reachedAt } = plan;
  const reached = step === undefined ? undefined : steps[step];
  if (!reached || reachedAt === undefined) return [];
  return [
    {
      at: reachedAt,
      kind: 'step',
      words: `step ${reached.sourceIndex + 1} of ${policy} was reached: ${formatRouting(reached.set)}`,
    },
  ];
}

/** What follows if no event and no message arrives. */
function coming({ timeline, at: now, isQueued }: Explanation, formatMoment: FormatMoment): TimelineItem[] {
  if (!isQueued) return [];
  return timeline
    .map((moment, index) => ({ moment, previous: timeline[index - 1] }))
    .filter(({ moment }) => moment.at >= now)
    .flatMap(({ moment, previous }) => comingItems(moment, previous, now, formatMoment));
}

function comingItems(
  moment: TimelineMoment,
  previous: TimelineMoment | undefined,
  now: number,
  formatMoment: FormatMoment,
): TimelineItem[] {
  const { at, plan, sourceIndex, override, calls, shadowChanges } = moment;
  const isOverrideOver = previous?.override !== undefined && override === undefined;
  const isNewStep =
    previous !== undefined &&
    sourceIndex !== undefined &&
    (sourceIndex !== previous.sourceIndex || plan.policy !== previous.plan.policy);
  const by = plan.policy === undefined ? '' : ` by ${plan.policy}`;
  const step = sourceIndex === undefined ? '' : `, step ${sourceIndex + 1}`;
  const when = at > now ? `in ${formatSpan(Math.ceil((at - now) / 1_000))}` : 'now';
  const item = (kind: TimelineKind, words: string): TimelineItem => ({
    at,
    kind,
    words: `${words}, ${when}`,
    isComing: true,
  });
  return [
    ...(isOverrideOver ? [item('override', 'the override ends')] : []),
    ...(calls.length === 0 && isNewStep ? [item('step', `step ${sourceIndex + 1}${by}`)] : []),
    ...calls.map((call) => item('update', `${formatUpdate(call, at, formatMoment)}${by}${step}`)),
    ...shadowChanges.map(({ policy, set }) => item('shadow', `${policy} would set ${formatRouting(set)}`)),
  ];
}

function target({ plan, at: now }: Explanation): TimelineItem[] {
  const { target: due, policy } = plan;
  if (!due) return [];
  return [
    {
      at: due.dueAt,
      kind: 'target',
      words: `target of ${policy}`,
      ...(due.dueAt > now && { isComing: true as const }),
    },
  ];
}
