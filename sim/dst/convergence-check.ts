import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { mergePredecessor } from '../../lambda/domain/contact/merge.ts';
import { mergeFacts } from '../../lambda/domain/contact/merge-facts.ts';
import { parseContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { withoutPersonalData } from '../../lambda/domain/contact/personal-data.ts';
import { activeOverride, type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
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
import type { World } from './run-seed.ts';

/** What is true of a contact in the end, from what was published and told alone. */
interface ExpectedContact {
  readonly key: ContactKey;
  readonly facts: ContactFacts;
  readonly isComplete: boolean;
}

/** Holds the end of a run against what it must be: nothing is under way any more. */
export function checkConvergence(world: World, now: number): void {
  const { aws: cloud } = world;
  const truths = expectedContacts(world);
  for (const truth of truths.values()) {
    checkFacts(truth, world);
    if (truth.isComplete) checkRouting(truth, truths, world, now);
  }
  for (const body of world.malformed) {
    cloud.checker.checks += 1;
    const rejected = cloud.malformed.filter((one) => one.body === body);
    if (rejected.length === 0 || rejected.some(({ error }) => error === '')) {
      cloud.checker.reportViolation(5, `${body} left no error behind`);
    }
  }
  const others = cloud.malformed.filter(({ body }) => !world.malformed.includes(String(body)));
  for (const { body, error } of others) cloud.checker.reportViolation(5, `${body} was refused: ${error}`);
}

function expectedContacts({ published, aws: cloud }: World): Map<string, ExpectedContact> {
  const truths = new Map<string, ExpectedContact>();
  // Merged in another order than they happened in: the order does not matter.
  for (const { event, isDelivered } of published.toReversed()) {
    const { facts: all } = parseContactEvent(event);
    const facts = withoutPersonalData(all, cloud.configuration.policies);
    const key = { instanceId: facts.instanceId, contactId: facts.contactId };
    const known = truths.get(keyString(key));
    truths.set(keyString(key), {
      key,
      facts: !isDelivered ? (known?.facts ?? key) : known ? mergeFacts(known.facts, facts) : facts,
      isComplete: (known?.isComplete ?? true) && isDelivered,
    });
  }
  return truths;
}

/** Invariant 6: the record knows what the events told, in whatever order and however often they came. */
function checkFacts({ key, facts }: ExpectedContact, { aws: cloud }: World): void {
  const { record } = cloud.table.load(key);
  cloud.checker.checks += 1;
  // DescribeContact may have told of the end, too.
  const { connectedAt: _connected, disconnectedAt: _disconnected, ...told } = facts;
  const {
    connectedAt: _connectedToo,
    disconnectedAt: _disconnectedToo,
    ...known
  } = record.facts ?? (key as ContactFacts);
  if (canonicalJson(told) !== canonicalJson(known)) {
    cloud.checker.reportViolation(
      6,
      `${key.contactId} is recorded as ${canonicalJson(known)}, not ${canonicalJson(told)}`,
    );
  }
}

/** Invariant 2: a contact that waits has what its plan wants, and the record says that nothing is left to do. */
function checkRouting(
  truth: ExpectedContact,
  truths: ReadonlyMap<string, ExpectedContact>,
  world: World,
  now: number,
): void {
  const { aws: cloud, centres } = world;
  const { key } = truth;
  const described = centres.get(key.instanceId)?.describe(now, key.contactId);
  if (described?.state !== 'waiting' || described.isPaused) return;
  const { routing, attributes } = domainDescription(described);
  const { record } = cloud.table.load(key);
  const fail = (what: string) => cloud.checker.reportViolation(2, `${key.contactId} ${what}`);
  cloud.checker.checks += 1;

  const known = expectedRecord(truth, truths, world, attributes);
  const wish = plan(known, { ...cloud.configuration, region: cloud.region, instances: cloud.instances }, now);
  const refused = record.status?.rejected?.generation === record.decision?.generation;
  if (pendingWork(record)) fail(`still has work: ${canonicalJson(pendingWork(record))}`);
  if (refused || record.closedAt !== undefined) return;
  const override = activeOverride(known, now);
  const wanted = { ...(wish.mode === 'observe' ? {} : wish.desired), ...override };
  if (wish.mode !== record.decision?.mode && !isEmptyRouting(wish.desired)) {
    fail(`is decided as ${canonicalJson(record.decision)}, not ${canonicalJson(wish)}`);
  }
  const began = cloud.checker.initialRoutingOf(key);
  const flowSetSomething = !sameRouting(began, DEFAULT_ROUTING);
  // Whoever lets nobody ask what the flow has set has ages added to it.
  if (flowSetSomething && !world.settings.checkBeforeFirstChange) return;
  // What a flow set may be unknown, and then an override that ends cannot bring it back.
  const mayFall = override || wish.allowLower || cloud.checker.policiesMayLower || flowSetSomething;
  const lack =
    missingRouting(wanted, override ?? {}, wish.allowLower, routing) ??
    (mayFall ? undefined : missingRouting(began, {}, false, routing));
  if (lack) fail(`has ${canonicalJson(routing)}: ${lack}`);
}

/** What a contact lacks of what is wanted: an override is taken as it is, a policy may only raise unless it may lower. */
function missingRouting(
  wanted: Routing,
  override: Routing,
  allowLower: boolean,
  has: Routing,
): string | undefined {
  const exactly = (facet: keyof Routing) => allowLower || override[facet] !== undefined;
  const { priority, ageSeconds, criteria } = wanted;
  if (priority !== undefined) {
    const is = has.priority ?? Number.NaN;
    if (exactly('priority') ? is !== priority : !(is <= priority)) return `priority ${priority} is wanted`;
  }
  if (ageSeconds !== undefined) {
    const is = has.ageSeconds ?? Number.NaN;
    if (exactly('ageSeconds') ? is !== ageSeconds : !(is >= ageSeconds))
      return `age ${ageSeconds} s is wanted`;
  }
  if (criteria !== undefined && !sameRouting({ criteria }, has.criteria ? { criteria: has.criteria } : {})) {
    return `criteria ${canonicalJson(criteria)} are wanted`;
  }
  return undefined;
}

/** The record as it should be, from all that was published and told. */
function expectedRecord(
  { key, facts }: ExpectedContact,
  truths: ReadonlyMap<string, ExpectedContact>,
  world: World,
  attributes: Readonly<Record<string, string>>,
): ContactRecord {
  const { policies } = world.aws.configuration;
  const names = policies.attributeNames;
  const values = Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));
  let record: ContactRecord = {
    ...emptyRecord(key),
    facts,
    attributes: { changedAt: Number.MAX_SAFE_INTEGER, names: [...names], values },
  };
  const before =
    facts.previousContactId && truths.get(keyString({ ...key, contactId: facts.previousContactId }));
  if (before) {
    const { facts: factsBefore, key: keyBefore } = before;
    record = mergePredecessor(record, { ...emptyRecord(keyBefore), facts: factsBefore });
  }
  for (const [index, { at, body }] of world.sentMessages.entries()) {
    const origin = { messageId: `told-${index}`, sentAt: at, instances: world.aws.instances };
    for (const message of parseRuleMessage(JSON.stringify(body), origin)) {
      if (isAbout(message as ContactMessage, key))
        record = applyMessage(record, message as ContactMessage, at);
    }
  }
  return record;
}

function isAbout(message: Partial<ContactKey>, key: ContactKey): boolean {
  return message.contactId === key.contactId && message.instanceId === key.instanceId;
}
