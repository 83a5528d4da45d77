import type { ContactKey } from '../../../lambda/domain/contact/contact-key.ts';
import { currentQueue, isOneQueue } from '../../../lambda/domain/contact/facts.ts';
import { activeOverride, type ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { sameJson } from '../../../lambda/domain/json.ts';
import { routingFromSet } from '../../../lambda/domain/policy/routing-set.ts';
import { pendingWork, rejectedPart } from '../../../lambda/domain/reconcile/pending-work.ts';
import { visibleLine } from '../../../lambda/domain/visible-text.ts';
import { parseUpdateLine } from '../../explain/history-words.ts';
import type { ReadState } from '../../state/read-state.ts';
import { formatRouting } from '../../wording/routing-words.ts';
import { span } from '../../wording/waiting-words.ts';
import type { Act, ActProgress, MessageAct, SentAct } from './act.ts';

/** What is known of an act that was sent. */
export interface ActSight {
  readonly act: Act;
  readonly sent: SentAct;
  /** Of the contact that it is about; undefined where it is about none, or no event of it has arrived. */
  readonly record: ContactRecord | undefined;
  /** The last look. */
  readonly read: Pick<ReadState, 'state' | 'context' | 'compiled' | 'records'>;
}

/** The contact that an act is about. */
export function contactOf(act: Act): ContactKey | undefined {
  if (act.type === 'pause' || act.type === 'resume') return undefined;
  const { instanceId, contactId } = act;
  return typeof instanceId === 'string' && typeof contactId === 'string'
    ? { instanceId, contactId }
    : undefined;
}

/** After this time the page says that an act is not seen yet. */
const SLOW_MS = 30_000;

/** Clocks of this machine and of AWS may differ by so much. */
const CLOCK_MS = 5_000;

/** What has become of an act: whether the system shows it, and what Connect said, as far as the record tells. */
export function actProgress(sight: ActSight): ActProgress {
  const { act, record } = sight;
  const progress =
    act.type === 'pause'
      ? pauseProgress(sight)
      : act.type === 'resume'
        ? resumeProgress(sight)
        : act.contactId === undefined
          ? queueProgress(act, sight)
          : record?.appliedMessages?.includes(`${act.type}:${sight.sent.id}`)
            ? orderProgress(act, record, sight)
            : undefined;
  const { state, words } = progress ?? { state: 'unseen' as const, words: unseenWords(sight) };
  return { state, words: visibleLine(words) };
}

function unseenWords({ act, sent, read }: ActSight): string {
  const isSlow = read.state.at - sent.at > SLOW_MS;
  if (act.type === 'pause' || act.type === 'resume') {
    return isSlow
      ? 'Not in force yet after half a minute: it takes two minutes where the event of SSM is lost.'
      : 'It is written. The system takes it within some ten seconds.';
  }
  return isSlow
    ? 'The record does not show it yet after half a minute. Where the message went to the dead letters, escalator redrive says why.'
    : 'It is sent. The record does not show it yet.';
}

function pauseProgress({ sent, read }: ActSight): ActProgress | undefined {
  const pause = read.compiled?.pause;
  return pause && { state: 'done', words: `Calls are stopped${after(sent, pause.since)}.` };
}

function resumeProgress({ read }: ActSight): ActProgress | undefined {
  if (!read.compiled || read.compiled.pause) return undefined;
  const { stopped, reasons } = read.state.calls;
  return {
    state: 'done',
    words: stopped
      ? `The pause has ended, and calls are still stopped. ${reasons.join(' ')}`
      : 'Calls are made again.',
  };
}

function queueProgress({ signal, queueArn }: MessageAct, { sent, read }: ActSight): ActProgress | undefined {
  if (typeof signal !== 'string' || typeof queueArn !== 'string') return undefined;
  const having = read.records.filter(({ queueSignals }) => {
    const found = queueSignals?.[signal];
    return (
      found?.queueArn !== undefined && isOneQueue(found.queueArn, queueArn) && found.at > sent.at - CLOCK_MS
    );
  }).length;
  if (having === 0) return undefined;
  const contacts = having === 1 ? 'one contact' : `${having} contacts`;
  return { state: 'seen', words: `The records of ${contacts} in the queue have the signal ${signal}.` };
}

/** Of a message about one contact, which its record has. */
function orderProgress(act: MessageAct, record: ContactRecord, { sent, read }: ActSight): ActProgress {
  const index = record.history.findLastIndex(
    ({ text, at }) => isLineOf(act, text) && at > sent.at - CLOCK_MS,
  );
  const recorded = `Recorded${after(sent, record.history[index]?.at)}.`;
  if (act.type === 'signal') {
    return { state: 'done', words: `${recorded} It acts while a policy matches on it.` };
  }
  const now = read.state.at;
  if (isReplaced(act, record, now)) {
    return {
      state: 'done',
      words: `${recorded} It is over: it has ended, or another order has replaced it.`,
    };
  }
  if (!currentQueue(record.facts)) {
    return {
      state: 'done',
      words: `${recorded} The contact does not wait in a queue, so Connect is not called.`,
    };
  }
  const updates = record.history.slice(index + 1).flatMap(({ at, text }) => {
    const line = parseUpdateLine(text);
    return line ? [{ at, ...line }] : [];
  });
  const last = updates.at(-1);
  const { status, decision } = record;
  if (last && status && decision && rejectedPart(status, decision) !== 'none') {
    return { state: 'done', words: `${recorded} Connect rejected the change: ${status.rejected?.message}` };
  }
  const work = pendingWork(record);
  if (work?.kind === 'update') {
    const why = read.context.settings.pause
      ? `calls are stopped, so ${formatRouting(work.changes)} is due and not sent.`
      : `${formatRouting(work.changes)} is due.`;
    return { state: 'seen', words: `${recorded} Not applied yet: ${why}` };
  }
  if (work) return { state: 'seen', words: `${recorded} Connect is asked about the contact first.` };
  return {
    state: 'done',
    words:
      last?.result === 'applied'
        ? `Recorded and applied: Connect accepted the change${after(sent, last.at)}.`
        : `${recorded} Nothing had to be changed in Connect.`,
  };
}

/** Whether a line of the history says that the message of an act arrived, or one like it. */
function isLineOf({ type, signal }: MessageAct, text: string): boolean {
  const start = type === 'signal' ? `signal ${signal}` : type;
  const rest = text.startsWith(start) ? text.slice(start.length) : 'other';
  return rest === '' || /^(?: by |[,;] )/.test(rest);
}

/** Whether an override is not the one in force any more, or an override is in force after a release. */
function isReplaced(act: MessageAct, record: ContactRecord, now: number): boolean {
  const inForce = activeOverride(record, now);
  if (act.type === 'release') return inForce !== undefined;
  return !sameJson(inForce, routingFromSet(act.set as Parameters<typeof routingFromSet>[0]));
}

/** How long after it was sent; nothing where that is not known. */
function after({ at: from }: SentAct, at: number | undefined): string {
  return at === undefined ? '' : ` ${span(from, at)} after it was sent`;
}
