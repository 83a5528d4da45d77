import { defined } from '../json.ts';
import { type ContactFacts, canWait } from './facts.ts';
import { mergeTimes, type PauseTimes, pausesToHandOn } from './pauses.ts';
import type { ContactRecord, Signal } from './record.ts';
import { addSignals, droppedNames, isActive, signalOf, withSignalHistory } from './signals.ts';

/**
 * A chain counts at most so many transfers, so that records that name each other in a circle come to rest: no event
 * of Connect should make such a circle, but no event may keep the system busy without end either.
 */
const MAX_TRANSFERS = 100;

/** A record keeps the ids of so many contacts after it; beyond that, the oldest are dropped. */
const MAX_SUCCESSORS = 16;

/** What a contact takes over from the contact before it in its transfer chain. Overrides are not part of it. */
export interface Inheritance extends PauseTimes {
  /** The contact before. */
  readonly previousContactId: string;
  /** Transfers up to the contact before. */
  readonly transfers: number;
  /** When the chain entered its first queue, in milliseconds since the epoch. */
  readonly firstEnqueuedAt?: number;
  /** The first contact of the chain. */
  readonly initialContactId?: string;
  /** True of a contact of Connect's own tests. */
  readonly isTest?: true;
  readonly signals: Readonly<Record<string, Signal>>;
}

/**
 * The contact that this one continues: a transfer or a callback. Other contacts name a previous one, too, such as a
 * task that a rule made of a call, and continue nothing. New methods will come: those that say so in their name count.
 * Nothing is assumed of a contact whose method is not known yet; its next event tells.
 */
export function continuedContactId(facts: ContactFacts | undefined): string | undefined {
  if (!facts?.initiationMethod || facts.previousContactId === facts.contactId) return undefined;
  return /TRANSFER|CALLBACK/.test(facts.initiationMethod) ? facts.previousContactId : undefined;
}

/** What the contact hands on to the contacts after it. */
export function inheritanceOf({ contactId, facts, chain, signals }: ContactRecord): Inheritance {
  return defined({
    previousContactId: contactId,
    transfers: chain?.transfers ?? 0,
    // The queue and time of a call that an agent dials are those of the agent: nobody waited there.
    firstEnqueuedAt: earlier(
      facts && canWait(facts) ? facts.firstEnqueuedAt : undefined,
      chain?.firstEnqueuedAt,
    ),
    initialContactId:
      facts?.initialContactId ?? chain?.initialContactId ?? (facts && !chain ? contactId : undefined),
    isTest: facts?.isTest ?? chain?.isTest,
    ...pausesToHandOn(facts, chain ?? {}),
    signals,
  });
}

/**
 * The record with what it takes over. The result does not depend on the order in which this happens, or on how often:
 * the earliest enqueue, the most transfers and the latest end of each signal win.
 */
export function inherit(record: ContactRecord, inheritance: Inheritance, now: number): ContactRecord {
  const { chain, facts } = record;
  const { previousContactId } = inheritance;
  if (continuedContactId(facts) !== previousContactId) return record;
  const active = Object.entries(inheritance.signals).filter(
    ([name, signal]) => isActive(signal, now) && extendsSignal(signalOf(record.signals, name), signal),
  );
  const merged: ContactRecord = {
    ...record,
    chain: defined({
      previousContactId,
      transfers: Math.max(chain?.transfers ?? 0, Math.min(MAX_TRANSFERS, inheritance.transfers + 1)),
      firstEnqueuedAt: earlier(chain?.firstEnqueuedAt, inheritance.firstEnqueuedAt),
      initialContactId: chain?.initialContactId ?? inheritance.initialContactId,
      isTest: chain?.isTest ?? inheritance.isTest,
      pauses: mergeTimes(chain?.pauses, inheritance.pauses),
      resumes: mergeTimes(chain?.resumes, inheritance.resumes),
    }),
  };
  if (active.length === 0) return merged;
  const added = Object.fromEntries(active);
  const signals = addSignals(record.signals, added, now);
  const names = active.map(([name]) => name).join(', ');
  const dropped = droppedNames(record.signals, added, signals, now);
  return withSignalHistory({ ...merged, signals }, now, `signal ${names} from ${previousContactId}`, dropped);
}

/** True of a contact of Connect's own tests, by one of its events or by a contact before it in its transfer chain. */
export function isTestContact({ facts, chain }: Pick<ContactRecord, 'facts' | 'chain'>): boolean {
  return facts?.isTest === true || chain?.isTest === true;
}

/** The record of the contact before, which now knows the contact after it and tells it what comes late. */
export function withSuccessor(record: ContactRecord, contactId: string): ContactRecord {
  const successors = (record.successors ?? []).filter((id) => id !== contactId);
  return { ...record, successors: [...successors.slice(1 - MAX_SUCCESSORS), contactId] };
}

/** False where the signal that the contact has lasts as long already. */
function extendsSignal(known: Signal | undefined, signal: Signal): boolean {
  if (!known) return true;
  const end = ({ until = Number.POSITIVE_INFINITY }: Signal) => until;
  return end(signal) > end(known) || signal.at > known.at;
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
