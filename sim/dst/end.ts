import { type ContactFacts, type ContactKey, mergeFacts } from '../../lambda/domain/contact.ts';
import { parseContactEvent } from '../../lambda/domain/contact-event.ts';
import { workOf } from '../../lambda/domain/dealings.ts';
import { foldMessage, foldPredecessor } from '../../lambda/domain/fold.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
import { withoutPersonalData } from '../../lambda/domain/personal-data.ts';
import { plan } from '../../lambda/domain/plan.ts';
import { activeOverride, type ContactRecord, emptyRecord } from '../../lambda/domain/record.ts';
import { DEFAULT_ROUTING, isEmptyRouting, type Routing, sameRouting } from '../../lambda/domain/routing.ts';
import { type ContactMessage, parseRuleMessage } from '../../lambda/domain/rule-message.ts';
import { keyText } from '../../lambda/flow/drain.ts';
import { domainDescription } from '../virtual/domain-description.ts';
import type { World } from './run.ts';

/** What is true of a contact in the end, from what was published and told alone. */
interface Truth {
  readonly key: ContactKey;
  readonly facts: ContactFacts;
  readonly isComplete: boolean;
}

/** Holds the end of a run against what it must be: nothing is under way any more. */
export function checkEnd(world: World, now: number): void {
  const { cloud } = world;
  const truths = truthsOf(world);
  for (const truth of truths.values()) {
    checkFacts(truth, world);
    if (truth.isComplete) checkRouting(truth, truths, world, now);
  }
  for (const body of world.malformed) {
    cloud.watcher.checks += 1;
    const rejected = cloud.malformed.filter((one) => one.body === body);
    if (rejected.length === 0 || rejected.some(({ error }) => error === '')) {
      cloud.watcher.violated(5, `${body} left no error behind`);
    }
  }
  const others = cloud.malformed.filter(({ body }) => !world.malformed.includes(String(body)));
  for (const { body, error } of others) cloud.watcher.violated(5, `${body} was refused: ${error}`);
}

function truthsOf({ published, cloud }: World): Map<string, Truth> {
  const truths = new Map<string, Truth>();
  // Merged in another order than they happened in: the order does not matter.
  for (const { event, isDelivered } of published.toReversed()) {
    const { facts: all } = parseContactEvent(event);
    const facts = withoutPersonalData(all, cloud.configuration.policies);
    const key = { instanceId: facts.instanceId, contactId: facts.contactId };
    const known = truths.get(keyText(key));
    truths.set(keyText(key), {
      key,
      facts: !isDelivered ? (known?.facts ?? key) : known ? mergeFacts(known.facts, facts) : facts,
      isComplete: (known?.isComplete ?? true) && isDelivered,
    });
  }
  return truths;
}

/** Invariant 6: the record knows what the events told, in whatever order and however often they came. */
function checkFacts({ key, facts }: Truth, { cloud }: World): void {
  const { record } = cloud.table.load(key);
  cloud.watcher.checks += 1;
  // DescribeContact may have told of the end, too.
  const { connectedAt: _connected, disconnectedAt: _disconnected, ...told } = facts;
  const {
    connectedAt: _connectedToo,
    disconnectedAt: _disconnectedToo,
    ...known
  } = record.facts ?? (key as ContactFacts);
  if (canonicalJson(told) !== canonicalJson(known)) {
    cloud.watcher.violated(
      6,
      `${key.contactId} is recorded as ${canonicalJson(known)}, not ${canonicalJson(told)}`,
    );
  }
}

/** Invariant 2: a contact that waits has what its plan wants, and the record says that nothing is left to do. */
function checkRouting(truth: Truth, truths: ReadonlyMap<string, Truth>, world: World, now: number): void {
  const { cloud, centres } = world;
  const { key } = truth;
  const described = centres.get(key.instanceId)?.describe(now, key.contactId);
  if (described?.state !== 'waiting' || described.isPaused) return;
  const { routing, attributes } = domainDescription(described);
  const { record } = cloud.table.load(key);
  const fail = (what: string) => cloud.watcher.violated(2, `${key.contactId} ${what}`);
  cloud.watcher.checks += 1;

  const known = recordOf(truth, truths, world, attributes);
  const wish = plan(known, { ...cloud.configuration, region: cloud.region, instances: cloud.instances }, now);
  const refused = record.dealings?.refused?.generation === record.decision?.generation;
  if (workOf(record)) fail(`still has work: ${canonicalJson(workOf(record))}`);
  if (refused || record.closedAt !== undefined) return;
  const override = activeOverride(known, now);
  const wanted = { ...(wish.mode === 'observe' ? {} : wish.wanted), ...override };
  if (wish.mode !== record.decision?.mode && !isEmptyRouting(wish.wanted)) {
    fail(`is decided as ${canonicalJson(record.decision)}, not ${canonicalJson(wish)}`);
  }
  const began = cloud.watcher.beganWith(key);
  const flowSetSomething = !sameRouting(began, DEFAULT_ROUTING);
  // Whoever lets nobody ask what the flow has set has ages added to it.
  if (flowSetSomething && !world.settings.checkBeforeFirstChange) return;
  // What a flow set may be unknown, and then an override that ends cannot bring it back.
  const mayFall = override || wish.allowLower || cloud.watcher.policiesMayLower || flowSetSomething;
  const lack =
    lacking(wanted, override ?? {}, wish.allowLower, routing) ??
    (mayFall ? undefined : lacking(began, {}, false, routing));
  if (lack) fail(`has ${canonicalJson(routing)}: ${lack}`);
}

/** What a contact lacks of what is wanted: an override is taken as it is, a policy may only raise unless it may lower. */
function lacking(wanted: Routing, override: Routing, allowLower: boolean, has: Routing): string | undefined {
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
function recordOf(
  { key, facts }: Truth,
  truths: ReadonlyMap<string, Truth>,
  world: World,
  attributes: Readonly<Record<string, string>>,
): ContactRecord {
  const { policies } = world.cloud.configuration;
  const names = policies.attributeNames;
  const values = Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));
  let record: ContactRecord = {
    ...emptyRecord(key),
    facts,
    attributes: { changedAt: Number.MAX_SAFE_INTEGER, names: [...names], values },
  };
  const before =
    facts.previousContactId && truths.get(keyText({ ...key, contactId: facts.previousContactId }));
  if (before) {
    const { facts: factsBefore, key: keyBefore } = before;
    record = foldPredecessor(record, { ...emptyRecord(keyBefore), facts: factsBefore });
  }
  for (const [index, { at, body }] of world.told.entries()) {
    const origin = { messageId: `told-${index}`, sentAt: at, instances: world.cloud.instances };
    for (const message of parseRuleMessage(JSON.stringify(body), origin)) {
      if (isAbout(message as ContactMessage, key))
        record = foldMessage(record, message as ContactMessage, at);
    }
  }
  return record;
}

function isAbout(message: Partial<ContactKey>, key: ContactKey): boolean {
  return message.contactId === key.contactId && message.instanceId === key.instanceId;
}
