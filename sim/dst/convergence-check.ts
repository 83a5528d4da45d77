import { isKnownToWait } from '../../lambda/domain/contact/adoption.ts';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import { type ContactFacts, queueVisitId } from '../../lambda/domain/contact/facts.ts';
import { mergePredecessor } from '../../lambda/domain/contact/merge.ts';
import { mergeFacts } from '../../lambda/domain/contact/merge-facts.ts';
import { parseContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { withoutPersonalData } from '../../lambda/domain/contact/personal-data.ts';
import { activeOverride, type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { initialStatus } from '../../lambda/domain/contact/routing-status.ts';
import { continuedContactId } from '../../lambda/domain/contact/transfer-chain.ts';
import { canonicalJson, defined } from '../../lambda/domain/json.ts';
import { applyMessage } from '../../lambda/domain/messages/apply-message.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import type { ContactMessage } from '../../lambda/domain/messages/rule-message.ts';
import { pendingWork } from '../../lambda/domain/reconcile/pending-work.ts';
import { plan } from '../../lambda/domain/reconcile/plan.ts';
import {
  DEFAULT_ROUTING,
  isEmptyRouting,
  type Routing,
  sameRouting,
} from '../../lambda/domain/routing/routing.ts';
import { domainDescription } from '../virtual/domain-description.ts';
import { T0 } from './random-policies.ts';
import type { World } from './world.ts';

/** A contact that waits is tried again after so many closings. */
const CLOSINGS_BEFORE_THE_LAST = 4;

/** What the state of all contacts is judged by. */
interface Expected {
  readonly contacts: ReadonlyMap<string, ExpectedContact>;
  readonly messages: ReadonlyMap<
    string,
    readonly { readonly at: number; readonly message: ContactMessage }[]
  >;
}

/** The expected final state of a contact, from the published events and the sent messages alone. */
interface ExpectedContact {
  readonly key: ContactKey;
  readonly facts: ContactFacts;
  readonly isComplete: boolean;
}

/**
 * Checks, at the end of a run, that the system has converged: the routing of all waiting contacts is as
 * planned and no work is left (invariant 2), all malformed messages are recorded with their errors (5), and
 * the records have the facts of all events (6).
 */
export function checkConvergence(world: World, now: number): void {
  const { aws } = world;
  const expected = { contacts: expectedContacts(world), messages: messagesByContact(world) };
  for (const contact of expected.contacts.values()) {
    checkFacts(contact, world);
    if (isChainComplete(contact, expected.contacts)) checkRouting(contact, expected, world, now);
  }
  checkAdopted(world, now);
  const malformed = world.malformed.map(({ body }) => body);
  for (const body of malformed) {
    aws.checker.checks += 1;
    const rejected = aws.malformed.filter((one) => one.body === body);
    if (rejected.length === 0 || rejected.some(({ error }) => error === '')) {
      aws.checker.reportViolation(5, `${body} was not recorded with an error`);
    }
  }
  const others = aws.malformed.filter(({ body }) => !malformed.includes(String(body)));
  for (const { body, error } of others) aws.checker.reportViolation(5, `${body} was rejected: ${error}`);
}

/** Invariant 2, where the sweep adopts: the system acts for each contact that waits, also for one without any event. */
function checkAdopted({ aws, centres, settings, withSweep }: World, now: number): void {
  if (!settings.adopt || !withSweep) return;
  for (const [instanceId, centre] of centres) {
    for (const { contactId, state, isPaused } of centre.describeAll(now)) {
      if (state !== 'waiting' || isPaused) continue;
      aws.checker.checks += 1;
      const { record } = aws.load({ instanceId, contactId });
      if (isKnownToWait(record) && record.look === undefined) continue;
      // Of a task whose RESUMED was lost the search says nothing: docs/failure-model.md.
      if (record.decision?.reason === 'paused') continue;
      aws.checker.reportViolation(2, `${contactId} waits and is not known: ${canonicalJson(record)}`);
    }
  }
}

function expectedContacts({ published, aws }: World): Map<string, ExpectedContact> {
  const expected = new Map<string, ExpectedContact>();
  // Merged in reverse order, because the order must not matter.
  for (const { event, isDelivered } of published.toReversed()) {
    const { facts: all } = parseContactEvent(event);
    const facts = withoutPersonalData(all, aws.configuration.policies);
    const key = { instanceId: facts.instanceId, contactId: facts.contactId };
    const known = expected.get(keyString(key));
    expected.set(keyString(key), {
      key,
      facts: !isDelivered ? (known?.facts ?? key) : known ? mergeFacts(known.facts, facts) : facts,
      isComplete: (known?.isComplete ?? true) && isDelivered,
    });
  }
  return expected;
}

/** Whether each event of a contact and of those before it was delivered: answers of Connect may tell more than the rest. */
function isChainComplete(
  { key, facts, isComplete }: ExpectedContact,
  expected: ReadonlyMap<string, ExpectedContact>,
): boolean {
  if (!isComplete) return false;
  const { previousContactId } = facts;
  const before = previousContactId && expected.get(keyString({ ...key, contactId: previousContactId }));
  return !before || isChainComplete(before, expected);
}

/** Invariant 6: the record has the facts of all events, whatever their order and number. */
function checkFacts({ key, facts: all, isComplete }: ExpectedContact, { aws, hasUpgrade }: World): void {
  const { record } = aws.load(key);
  aws.checker.checks += 1;
  // The earlier version knew the last pause only.
  const facts = hasUpgrade ? withoutPauses(all) : all;
  const recorded = hasUpgrade
    ? withoutPauses(record.facts ?? (key as ContactFacts))
    : (record.facts ?? (key as ContactFacts));
  // Answers of DescribeContact may have added to the facts of the events, and took nothing away.
  const merged = withRecordedTimes(mergeFacts(recorded, facts), recorded);
  const isSame = !isComplete || queueVisitId(recorded) === queueVisitId(facts) || hasEnded(recorded);
  if (canonicalJson(merged) !== canonicalJson(recorded) || !isSame) {
    aws.checker.reportViolation(
      6,
      `${key.contactId} is recorded as ${canonicalJson(recorded)}; expected ${canonicalJson(facts)}`,
    );
  }
}

/**
 * When values were confirmed that stayed the same, when attributes changed that nobody asked for, and a later end of a
 * contact that has ended, are not written.
 * Whether what is known of attributes is up to date, invariants 2 and 9 judge.
 */
function withRecordedTimes(merged: ContactFacts, recorded: ContactFacts): ContactFacts {
  const isSame = (name: 'tags' | 'segmentAttributes') =>
    canonicalJson(merged[name]?.value ?? null) === canonicalJson(recorded[name]?.value ?? null);
  return defined({
    ...merged,
    eventAt: recorded.eventAt,
    disconnectedAt:
      merged.disconnectedAt === undefined ? undefined : (recorded.disconnectedAt ?? merged.disconnectedAt),
    tags: isSame('tags') ? recorded.tags : merged.tags,
    segmentAttributes: isSame('segmentAttributes') ? recorded.segmentAttributes : merged.segmentAttributes,
    attributesChangedAt: recorded.attributesChangedAt,
  });
}

function withoutPauses({ pauses: _pauses, resumes: _resumes, ...facts }: ContactFacts): ContactFacts {
  return facts;
}

function hasEnded({ connectedAt, disconnectedAt }: ContactFacts): boolean {
  return connectedAt !== undefined || disconnectedAt !== undefined;
}

/** Invariant 2: a waiting contact has the routing of its plan, and its record has no pending work. */
function checkRouting(contact: ExpectedContact, expected: Expected, world: World, now: number): void {
  const { aws, centres } = world;
  const { key } = contact;
  const centre = centres.get(key.instanceId);
  const described = centre?.describe(now, key.contactId);
  if (!centre || described?.state !== 'waiting' || described.isPaused) return;
  const { routing, attributes } = domainDescription(described, centre.instanceArn);
  const { record } = aws.load(key);
  const report = (what: string) => aws.checker.reportViolation(2, `${key.contactId} ${what}`);
  aws.checker.checks += 1;

  const answered = withAnsweredRegion(contact, record);
  const known = withLasting(expectedRecord(answered, expected, world, attributes, now), record);
  const desiredPlan = plan(
    known,
    { ...aws.configuration, region: aws.region, instances: aws.instances },
    now,
  );
  // That it is back tells an event or an answer: until then nothing is sent, also not what an operator orders.
  if (desiredPlan.reason === 'other-region' && record.decision?.reason === 'other-region') {
    const { at, value } = record.facts?.activeRegion ?? {};
    if (at === undefined || !wasAway(world, at)) report(`counts as a contact of ${value}, which it was not`);
    return;
  }
  const isRejected = record.status?.rejected?.generation === record.decision?.generation;
  if (pendingWork(record)) report(`still has work: ${canonicalJson(pendingWork(record))}`);
  if (isRejected) return;
  if (record.closedAt !== undefined) {
    // Connect did not find it each time that it was tried.
    if ((record.closure?.count ?? 0) <= CLOSINGS_BEFORE_THE_LAST) report('waits, and was closed for good');
    return;
  }
  const override = activeOverride(known, now);
  const target = { ...withToleratedAge(desiredPlan.desired, contact, world), ...override };
  if (desiredPlan.policy !== record.decision?.policy && !isEmptyRouting(desiredPlan.desired)) {
    report(`is decided as ${canonicalJson(record.decision)}; expected ${canonicalJson(desiredPlan)}`);
  }
  const initialRouting = aws.checker.initialRoutingOf(key);
  const flowSetRouting = !sameRouting(initialRouting, DEFAULT_ROUTING);
  // Without the check before the first change, age adjustments are added to the age that the flow set.
  if (flowSetRouting && !world.settings.checkBeforeFirstChange) return;
  // The routing that a flow set may be unknown, so that the end of an override cannot restore it.
  const isForeign = aws.checker.isChangedElsewhere(key);
  const mayLower =
    override || desiredPlan.allowLower || aws.checker.policiesMayLower || flowSetRouting || isForeign;
  const difference =
    missingRouting(target, override ?? {}, desiredPlan.allowLower, routing) ??
    (mayLower ? undefined : missingRouting(initialRouting, {}, false, routing));
  if (difference) report(`has ${canonicalJson(routing)}: ${difference}`);
}

/** An answer may have named the Region that acts on the contact later than any event did. */
function withAnsweredRegion({ facts, ...contact }: ExpectedContact, record: ContactRecord): ExpectedContact {
  const { activeRegion } = mergeFacts(facts, { ...facts, ...record.facts });
  return { ...contact, facts: { ...facts, ...defined({ activeRegion }) } };
}

/**
 * The earlier version kept the last pause only, as the event named it, to the second, or as an answer did, to the
 * millisecond: the age of a target may be less by a second.
 */
function withToleratedAge(
  desired: Routing,
  { facts }: ExpectedContact,
  { hasUpgrade, hasTargets }: World,
): Routing {
  const isUncertain = hasUpgrade && hasTargets && facts.pauses !== undefined;
  return desired.ageSeconds !== undefined && isUncertain
    ? { ...desired, ageSeconds: desired.ageSeconds - 1 }
    : desired;
}

/** Events and answers name the Region with the time of their second; the clocks of functions may differ. */
const REGION_TOLERANCE_MS = 4_000;

/** Whether another Region acted on the contacts at that time, or a moment before or after it. */
function wasAway({ outages }: World, at: number): boolean {
  return outages.some(
    ({ kind, fromMs, untilMs }) =>
      kind === 'other-region' &&
      T0 + fromMs - REGION_TOLERANCE_MS < at &&
      at < T0 + untilMs + REGION_TOLERANCE_MS,
  );
}

/**
 * The first difference between the desired and the actual routing; undefined if there is none. An override
 * must match exactly; a policy may only raise urgency, unless `allowLower` is set.
 */
function missingRouting(
  target: Routing,
  override: Routing,
  allowLower: boolean,
  has: Routing,
): string | undefined {
  const exactly = (facet: keyof Routing) => allowLower || override[facet] !== undefined;
  const { priority, ageSeconds, criteria } = target;
  if (priority !== undefined) {
    const actual = has.priority ?? Number.NaN;
    if (exactly('priority') ? actual !== priority : !(actual <= priority))
      return `expected priority ${priority}`;
  }
  if (ageSeconds !== undefined) {
    const actual = has.ageSeconds ?? Number.NaN;
    if (exactly('ageSeconds') ? actual !== ageSeconds : !(actual >= ageSeconds))
      return `expected age ${ageSeconds} s`;
  }
  if (criteria !== undefined && !sameRouting({ criteria }, has.criteria ? { criteria: has.criteria } : {})) {
    return `expected criteria ${canonicalJson(criteria)}`;
  }
  return undefined;
}

/** The expected record, from all published events and sent messages. */
function expectedRecord(
  { key, facts }: ExpectedContact,
  expected: Expected,
  world: World,
  attributes: Readonly<Record<string, string>>,
  now: number,
): ContactRecord {
  const { policies } = world.aws.configuration;
  const names = policies.attributeNames;
  const values = Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));
  const record: ContactRecord = {
    ...emptyRecord(key),
    facts,
    attributes: { changedAt: Number.MAX_SAFE_INTEGER, names: [...names], values },
  };
  return withChainOf(withMessages(record, expected), expected, now);
}

/**
 * The record with the criteria that stay, and what is known of its queue, of the agents and of its customer. They depend
 * on what was known when: invariant 9 judges them.
 */
function withLasting(expected: ContactRecord, recorded: ContactRecord): ContactRecord {
  const { status, queueConditions, queueName, recentContacts } = recorded;
  const record = { ...expected, ...defined({ queueConditions, queueName, recentContacts }) };
  if (!status?.lasting && !status?.staffing) return record;
  const { queueVisit, lasting, staffing } = status;
  return { ...record, status: { ...initialStatus(queueVisit, true), ...defined({ lasting, staffing }) } };
}

/** The record with what it takes over along its whole transfer chain. */
function withChainOf(record: ContactRecord, expected: Expected, now: number): ContactRecord {
  const previousContactId = continuedContactId(record.facts);
  if (previousContactId === undefined) return record;
  const key = { instanceId: record.instanceId, contactId: previousContactId };
  const facts = expected.contacts.get(keyString(key))?.facts;
  const before = withMessages({ ...emptyRecord(key), ...(facts && { facts }) }, expected);
  return mergePredecessor(record, withChainOf(before, expected, now), now);
}

/** The record with all messages about its contact. */
function withMessages(start: ContactRecord, { messages }: Expected): ContactRecord {
  const about = messages.get(keyString(start)) ?? [];
  return about.reduce((record, { at, message }) => applyMessage(record, message, at), start);
}

/** The messages about each contact, in the order in which they were sent. */
function messagesByContact({ sentMessages, aws }: World): Expected['messages'] {
  const messages = sentMessages.flatMap(({ at, body }, index) => {
    const origin = { messageId: `sent-${index}`, sentAt: at, instances: aws.instances };
    return parseRuleMessage(JSON.stringify(body), origin).map((message) => ({
      at,
      message: message as ContactMessage,
    }));
  });
  return Map.groupBy(messages, ({ message }) => keyString(message));
}
