import { type ContactFacts, mergeFacts } from './contact.ts';
import { restored, withDefaultsAssumed, withoutTries } from './dealings.ts';
import { canonicalJson, sameJson, without } from './json.ts';
import { type ContactRecord, type Dealings, withHistory } from './record.ts';
import { type AgeAdjustment, DEFAULT_ROUTING, type Routing, type RoutingCall } from './routing.ts';

/** What came of a call of UpdateContactRoutingData. */
export type CallOutcome =
  /** Connect took it. */
  | { readonly kind: 'done' }
  /** Over the quota: nothing happened. */
  | { readonly kind: 'throttled' }
  /** An internal error, a time-out, a lost connection: it may or may not have been applied. */
  | { readonly kind: 'unknown'; readonly message: string }
  /** Somebody else was changing the contact. */
  | { readonly kind: 'conflict'; readonly message: string }
  /** Connect does not find the contact, or another Region owns it. */
  | { readonly kind: 'gone'; readonly message: string }
  /** Connect refuses what was asked. */
  | { readonly kind: 'invalid'; readonly message: string }
  /** This system may not call. */
  | { readonly kind: 'denied'; readonly message: string };

/** What DescribeContact told. */
export interface ContactDescription {
  readonly routing: Routing;
  readonly attributes: Readonly<Record<string, string>>;
  readonly connectedAt?: number;
  readonly disconnectedAt?: number;
}

/** A call as it was made: for which stay and generation, under which override, and upon what. */
export interface MadeCall extends RoutingCall {
  readonly stay: string;
  readonly generation: number;
  readonly override?: Routing;
  /** What was known to be in force before it. */
  readonly before: InForce;
}

/** What is known to be in force. */
export type InForce = Pick<Dealings, 'inForce' | 'checked' | 'beforeOverride' | 'doubtful'>;

/** Tries of a call that met a conflict before it is given up until something else is wanted. */
const MAX_CONFLICTS = 5;

/**
 * The record before a call: as if it had been made and nobody knew what came of it. Should the process end before it
 * says more, whoever comes next knows that Connect may have what was sent: it neither falls behind that nor adds to it.
 */
export function announced(record: ContactRecord, call: MadeCall): ContactRecord {
  const { dealings } = record;
  return dealings?.stay === call.stay
    ? { ...record, dealings: doubting(settled(dealings, call), call) }
    : record;
}

/** The record after a call that was announced. Throttled and denied calls leave nothing behind: all stays pending. */
export function afterCall(
  record: ContactRecord,
  call: MadeCall,
  outcome: CallOutcome,
  now: number,
): ContactRecord {
  const { dealings } = record;
  if (outcome.kind === 'gone') {
    return closed(record, outcome.message, now);
  }
  if (dealings?.stay !== call.stay) return record;
  const sent = canonicalJson(call.update);
  // A failed try puts off what was wanted then, and not what is wanted since.
  const triedAgain = (tried: Dealings, count: Pick<Dealings, 'conflicts'> = {}) =>
    record.decision?.generation === call.generation ? { ...retried(tried, now), ...count } : tried;
  switch (outcome.kind) {
    case 'done':
      return withHistory(
        restored({ ...record, dealings: afterSuccess(dealings, call) }),
        now,
        `applied ${sent}`,
      );
    case 'unknown':
      return withHistory(
        { ...record, dealings: triedAgain(dealings) },
        now,
        `outcome unknown of ${sent}: ${outcome.message}`,
      );
    case 'conflict': {
      // Calls of unknown outcome do not count: a call that was slow to be applied may be what conflicts.
      const conflicts = (dealings.conflicts ?? 0) + 1;
      if (conflicts < MAX_CONFLICTS) {
        const dealingsThen = triedAgain(asBefore(dealings, call), { conflicts });
        return withHistory({ ...record, dealings: dealingsThen }, now, `conflict at ${sent}`);
      }
      return refused(record, asBefore(dealings, call), call, outcome.message, now);
    }
    case 'invalid':
      return refused(record, asBefore(dealings, call), call, outcome.message, now);
    case 'throttled':
    case 'denied':
      return { ...record, dealings: asBefore(dealings, call) };
  }
}

/** The record of a contact that Connect does not let us act on any more. */
export function closed(record: ContactRecord, message: string, now: number): ContactRecord {
  return withHistory({ ...record, closedAt: now }, now, `closed: ${message}`);
}

/** A question to DescribeContact: what was known when it was asked, which is what the answer is true of. */
export interface Question {
  readonly dealings: Dealings | undefined;
  readonly attributesChangedAt: number;
  /** Attributes that policies need; none where only what is in force was asked. */
  readonly attributeNames: readonly string[];
}

/** The question that a contact raises now. */
export function questionOf(record: ContactRecord, attributeNames: readonly string[]): Question {
  return {
    dealings: record.dealings,
    attributesChangedAt: record.facts?.attributesChangedAt ?? 0,
    attributeNames,
  };
}

/** The record after DescribeContact: what is in force is known, and so are the attributes that were asked for. */
export function afterDescription(
  record: ContactRecord,
  description: ContactDescription,
  question: Question,
): ContactRecord {
  const { facts, dealings } = record;
  const { attributesChangedAt, attributeNames } = question;
  const isStillTrue = dealings && question.dealings && sameInForce(dealings, question.dealings);
  const values = Object.entries(description.attributes).filter(([name]) => attributeNames.includes(name));
  return {
    ...record,
    ...(facts ? { facts: mergeFacts(facts, leavingTimes(facts, description)) } : {}),
    ...(attributeNames.length === 0
      ? {}
      : {
          attributes: {
            changedAt: attributesChangedAt,
            names: [...attributeNames],
            values: Object.fromEntries(values),
          },
        }),
    ...(isStillTrue
      ? {
          dealings: {
            ...without(without(dealings, 'doubtful'), 'attempts'),
            checked: true,
            inForce: { ...DEFAULT_ROUTING, ...description.routing },
          },
        }
      : {}),
  };
}

/** The record after a question that Connect did not answer: it is asked again after a while. */
export function afterFailedQuestion(record: ContactRecord, now: number): ContactRecord {
  return record.dealings ? { ...record, dealings: retried(record.dealings, now) } : record;
}

/** The record where Connect was not asked what is in force: the defaults are assumed. */
export function afterNoDescription(record: ContactRecord, ageAdjustment: AgeAdjustment): ContactRecord {
  const { dealings } = record;
  return dealings ? { ...record, dealings: withDefaultsAssumed(dealings, ageAdjustment) } : record;
}

/**
 * Of the times that DescribeContact tells only those that end the wait are taken: it may cut times to seconds,
 * and an enqueue time cut so would look like another stay.
 */
function leavingTimes(facts: ContactFacts, description: ContactDescription): ContactFacts {
  return {
    instanceId: facts.instanceId,
    contactId: facts.contactId,
    ...(description.connectedAt === undefined ? {} : { connectedAt: endOfSecond(description.connectedAt) }),
    ...(description.disconnectedAt === undefined
      ? {}
      : { disconnectedAt: endOfSecond(description.disconnectedAt) }),
  };
}

/** A time that was cut to its second may have been as late as its end. */
function endOfSecond(at: number): number {
  return at % 1_000 === 0 ? at + 999 : at;
}

function afterSuccess(dealings: Dealings, call: MadeCall): Dealings {
  const { refused: _refused, doubtful, ...kept } = withoutTries(dealings);
  const doubts = doubtful?.filter((facet) => call.settles[facet] === undefined) ?? [];
  return { ...kept, checked: true, ...(doubts.length === 0 ? {} : { doubtful: doubts }) };
}

/** Whether nothing was sent, or announced to be sent, between two moments. */
function sameInForce(a: Dealings, b: Dealings): boolean {
  const known = ({ stay, inForce, doubtful = [] }: Dealings) => [stay, inForce, doubtful];
  return sameJson(known(a), known(b));
}

/** The dealings as they were before a call that was announced and changed nothing. */
function asBefore(dealings: Dealings, { before }: MadeCall): Dealings {
  return { ...without(without(dealings, 'beforeOverride'), 'doubtful'), ...before };
}

function doubting(dealings: Dealings, call: MadeCall): Dealings {
  const settles = Object.keys(call.settles) as (keyof Routing)[];
  return { ...dealings, doubtful: [...new Set([...(dealings.doubtful ?? []), ...settles])] };
}

/**
 * What is in force once the call has been applied. An override covers what was there before it, which is kept,
 * along with what the policy changes meanwhile, to be restored.
 */
function settled(dealings: Dealings, call: MadeCall): Dealings {
  const inForce = { ...dealings.inForce, ...call.settles };
  if (!call.override) return { ...dealings, inForce };
  const byPolicy = Object.entries(call.settles).filter(
    ([facet]) => !Object.hasOwn(call.override ?? {}, facet),
  );
  const beforeOverride = {
    ...(dealings.beforeOverride ?? dealings.inForce),
    ...Object.fromEntries(byPolicy),
  };
  return { ...dealings, inForce, beforeOverride };
}

/** Waits 1, 2, 4 … seconds, at most a minute, before the next try. */
function retried(dealings: Dealings, now: number): Dealings {
  const attempts = (dealings.attempts ?? 0) + 1;
  return { ...dealings, attempts, retryAt: now + Math.min(60, 2 ** (attempts - 1)) * 1_000 };
}

function refused(
  record: ContactRecord,
  dealings: Dealings,
  call: MadeCall,
  message: string,
  now: number,
): ContactRecord {
  const refusal = { at: now, generation: call.generation, request: call.update, message };
  return withHistory(
    { ...record, dealings: { ...withoutTries(dealings), refused: refusal } },
    now,
    `refused ${canonicalJson(call.update)}: ${message}`,
  );
}
