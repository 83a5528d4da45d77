import { defined, isObject, type JsonObject } from '../json.ts';
import { type ContactFacts, latestVisit, withoutAgent } from './facts.ts';
import { type ContactRecord, RECORD_SCHEMA_VERSION, type Signal } from './record.ts';
import { continuedContactId } from './transfer-chain.ts';

/** A stored record that this version of the system cannot read. What it is about must not affect other contacts. */
export class UnreadableRecordError extends Error {
  override readonly name: string = 'UnreadableRecordError';
}

/** A record that a newer version of the system wrote. */
export class RecordVersionError extends UnreadableRecordError {
  override readonly name = 'RecordVersionError';
}

/**
 * Reads a stored record of any version up to {@link RECORD_SCHEMA_VERSION} as the current one. A record without a
 * version has version 1: `test/fixtures/records` holds a stored sample of each. Optional members came without a new
 * version, and every reader works without them: `isTest` of the facts; `isTest`, `pauses` and `resumes` of the chain;
 * `isAssumed`, `isForgotten`, `ageSettlesAt` and `staffing` of the status; `sender` and `originalSender` of the override;
 * `inFlightSince` and `underWay`; `appliedMessages`, beside the ids that were stored before; `unsentEvents`, without which there is
 * nothing to send; `queueSignals` and `queueConditions`, without which its queue has none; `queueName`, without which
 * it is not known; and `look` and `isUndecided`, which code that does not know them keeps, and acts without the answer
 * that they wait for.
 *
 * @throws RecordVersionError when a newer version of the system wrote it: this one would lose what it does not know.
 *   UnreadableRecordError when it is no record at all, such as one that somebody edited.
 */
export function readRecord(stored: unknown): ContactRecord {
  const record = currentRecord(stored);
  const damaged = damagedMember(record);
  if (damaged === undefined) return withVisitNames(withQueueSignals(record));
  throw new UnreadableRecordError(
    `The record of contact ${record.contactId} is damaged: ${damaged} is not what this system writes. Delete the ` +
      "contact's item from the table: the next event of the contact writes a new one.",
  );
}

/** The first part of a record that has another shape than this system gives it; undefined where all is well. */
function damagedMember({ status, decision, ...record }: ContactRecord): string | undefined {
  const optional = {
    facts: record.facts,
    attributes: record.attributes,
    shadows: record.shadows,
    chain: record.chain,
    override: record.override,
    queueSignals: record.queueSignals,
    queueConditions: record.queueConditions,
    queueName: record.queueName,
    'facts.queue': record.facts?.queue,
    'facts.approximateQueue': record.facts?.approximateQueue,
    'facts.tags': record.facts?.tags,
    'facts.segmentAttributes': record.facts?.segmentAttributes,
    status,
    decision,
  };
  const objects = {
    signals: record.signals,
    ...defined(optional),
    ...Object.fromEntries(
      Object.entries(record.signals ?? {}).map(([name, signal]) => [`signals.${name}`, signal]),
    ),
    ...Object.fromEntries(
      Object.entries(record.queueSignals ?? {}).map(([name, signal]) => [`queueSignals.${name}`, signal]),
    ),
    ...Object.fromEntries(
      Object.entries(record.queueConditions ?? {}).map(([name, one]) => [`queueConditions.${name}`, one]),
    ),
    ...Object.fromEntries(
      listOf(record.unsentEvents).map((event, index) => [
        `unsentEvents[${index}]`,
        isEvent(event) ? event : undefined,
      ]),
    ),
    ...(isObject(status) && { 'status.applied': status.applied }),
    ...(isObject(decision) && { 'decision.desired': decision.desired }),
  };
  const lists = {
    history: record.history,
    messageIds: record.messageIds,
    ...defined({
      'status.unconfirmed': status?.unconfirmed,
      'decision.requiredAttributes': decision?.requiredAttributes,
      'attributes.names': record.attributes?.names,
      'shadows.policies': record.shadows?.policies,
      'shadows.requiredAttributes': record.shadows?.requiredAttributes,
      'facts.pauses': record.facts?.pauses,
      'facts.resumes': record.facts?.resumes,
      appliedMessages: record.appliedMessages,
      successors: record.successors,
      unsentEvents: record.unsentEvents,
    }),
  };
  return [
    ...Object.entries(objects).filter(([, value]) => !isObject(value)),
    ...Object.entries(lists).filter(([, value]) => !Array.isArray(value)),
  ][0]?.[0];
}

/** A visit to an agent's own queue was named by its ARN, of which DescribeContact tells a part. */
function withVisitNames(record: ContactRecord): ContactRecord {
  const { status, decision, shadows, closure } = record;
  const named = Object.entries({ status, decision, shadows, closure }).flatMap(([part, value]) => {
    const name: unknown = value?.queueVisit;
    const queueVisit = typeof name === 'string' ? withoutAgent(name) : name;
    return queueVisit === name ? [] : [[part, { ...value, queueVisit }]];
  });
  return { ...record, ...Object.fromEntries(named) };
}

/** Signals that were sent to a queue stood among those of the contact, without the queue. */
function withQueueSignals(record: ContactRecord): ContactRecord {
  const isOfQueue = ([, signal]: [string, Signal]) => Object.hasOwn(signal, 'ofQueue');
  const entries = Object.entries(record.signals);
  if (!entries.some(isOfQueue)) return record;
  const queueArn = latestVisit(record.facts)?.arn;
  const moved = entries
    .filter(isOfQueue)
    .map(([name, { at, until }]) => [name, defined({ at, until, queueArn })]);
  return {
    ...record,
    signals: Object.fromEntries(entries.filter((entry) => !isOfQueue(entry))),
    queueSignals: { ...Object.fromEntries(moved), ...record.queueSignals },
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** True for what can be sent: one event that cannot would stop those of other contacts, too. */
function isEvent(value: unknown): boolean {
  return isObject(value) && isObject(value.detail) && Number.isFinite(new Date(Number(value.at)).getTime());
}

function currentRecord(stored: unknown): ContactRecord {
  const record = isObject(stored) ? stored : {};
  const version = record.schemaVersion ?? 1;
  if (version === RECORD_SCHEMA_VERSION) return record as unknown as ContactRecord;
  // Version 4 has the same shape, and is packed: `lambda/aws/packed-record.ts`.
  if (version === 3) return { ...record, schemaVersion: RECORD_SCHEMA_VERSION } as unknown as ContactRecord;
  if (version === 2) return fromVersion2(record);
  if (version === 1) return fromVersion2(fromVersion1(record));
  throw new RecordVersionError(
    `The record of contact ${record.contactId} has schema version ${JSON.stringify(version)}; this deployment reads ` +
      `versions 1 to ${RECORD_SCHEMA_VERSION}. Deploy the version of connect-escalator that wrote it, or a later one.`,
  );
}

/** The record of version 2 as versions 3 and 4 have it. */
function fromVersion2({ facts, chain, decision, ...rest }: JsonObject): ContactRecord {
  return {
    ...rest,
    ...closureFromVersion2(rest),
    schemaVersion: RECORD_SCHEMA_VERSION,
    // Version 2 counted every contact that named a previous one as a transfer.
    ...(continuedContactId(facts as ContactFacts | undefined) === undefined ? {} : { chain }),
    ...(isObject(facts) ? { facts: factsFromVersion2(facts) } : {}),
    ...(isObject(decision) ? { decision: decisionFromVersion2(decision) } : {}),
  } as unknown as ContactRecord;
}

/** Version 2 did not say why a contact was closed, and closed it for good. */
function closureFromVersion2({ closedAt, status }: JsonObject) {
  const queueVisit = isObject(status) ? status.queueVisit : undefined;
  return closedAt === undefined ? {} : { closure: defined({ cause: 'not-found', queueVisit, count: 1 }) };
}

/** Version 2 knew the last pause only. */
function factsFromVersion2({ pausedAt, resumedAt, ...rest }: JsonObject) {
  return defined({
    ...rest,
    pauses: pausedAt === undefined ? undefined : [pausedAt],
    resumes: resumedAt === undefined ? undefined : [resumedAt],
  });
}

/** Version 2 let an observing policy govern. What such a policy desired must never be sent. */
function decisionFromVersion2({ mode, ...rest }: JsonObject): JsonObject {
  if (mode !== 'observe') return rest;
  const { policy: _policy, step: _step, ...others } = rest;
  return { ...others, reason: 'no-policy', desired: {}, allowLower: false };
}

/** Version 1 had other names for the status, the decision and the history. */
function fromVersion1({ dealings, decision, history, ...rest }: JsonObject): JsonObject {
  const entries = Array.isArray(history) ? history : [];
  return {
    ...rest,
    ...(isObject(dealings) ? { status: statusFromVersion1(dealings) } : {}),
    ...(isObject(decision) ? { decision: decisionFromVersion1(decision) } : {}),
    history: entries.map(({ at, what }) => ({ at, text: what })),
  };
}

function statusFromVersion1(dealings: JsonObject) {
  const { stay, inForce, checked, beforeOverride, doubtful, refused, ...rest } = dealings;
  return defined({
    ...rest,
    queueVisit: stay,
    applied: inForce,
    isObserved: checked,
    restorePoint: beforeOverride,
    unconfirmed: doubtful,
    rejected: refused,
  });
}

function decisionFromVersion1({ stay, wanted, needs, ...rest }: JsonObject) {
  return defined({ ...rest, queueVisit: stay, desired: wanted, requiredAttributes: needs });
}
