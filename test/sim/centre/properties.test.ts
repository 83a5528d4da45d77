import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type ContactEvent, parseContactEvent } from '../../../lambda/domain/contact/parse-event.ts';
import type { RoutingCriteria } from '../../../lambda/domain/routing/criteria.ts';
import type { RoutingUpdate } from '../../../lambda/domain/routing/routing.ts';
import {
  type AgentSpec,
  type Arrival,
  type CentreOverview,
  ContactCentre,
  type ContactEventEnvelope,
  type FinishedContact,
} from '../../../sim/centre/index.ts';
import { at, english, INSTANCE, only, seeded } from './fixture.ts';
import { goesBefore, isAtWork, isEligible, type ReferenceContact } from './reference.ts';

type Operation =
  | { readonly kind: 'arrive'; readonly source: Omit<Arrival, 'contactId'> }
  | { readonly kind: 'update'; readonly which: number; readonly change: RoutingUpdate }
  | { readonly kind: 'transfer'; readonly which: number; readonly queueId: string }
  | { readonly kind: 'hangUp' | 'pause' | 'resume' | 'attributes'; readonly which: number };

interface History {
  readonly agents: readonly AgentSpec[];
  readonly lagMs: number;
  readonly afterContactWorkMs: number;
  readonly operations: readonly { readonly afterSeconds: number; readonly operation: Operation }[];
}

const english4 = english(4);
const CRITERIA: readonly RoutingCriteria[] = [
  { Steps: [{ Expression: english4, Expiry: { DurationInSeconds: 10 } }] },
  { Steps: [{ Expression: english(5), Expiry: { DurationInSeconds: 5 } }, { Expression: english(2) }] },
  { Steps: [{ Expression: only('agent-1'), Expiry: { DurationInSeconds: 20 } }] },
  {
    Steps: [
      {
        Expression: { NotAttributeCondition: only('agent-0').AttributeCondition },
        Expiry: { DurationInSeconds: 7 },
      },
      {
        Expression: { AndExpression: [english(1), only('agent-0', 'agent-2')] },
        Expiry: { DurationInSeconds: 30 },
      },
      {
        Expression: { OrExpression: [english(3), { NotAttributeCondition: english(1).AttributeCondition }] },
      },
    ],
  },
];

const queueId = fc.constantFrom('q', 'r');
const channel = fc.constantFrom('VOICE', 'VOICE', 'CHAT', 'TASK');
const criteria = fc.constantFrom(...CRITERIA);
const priority = fc.integer({ min: 1, max: 6 });
const age = fc.integer({ min: -20, max: 20 });
const which = fc.nat();

const agents = fc
  .array(
    fc.record({
      queues: fc.uniqueArray(
        fc.record({
          queueId,
          priority: fc.integer({ min: 1, max: 2 }),
          delaySeconds: fc.constantFrom(0, 0, 10, 20),
        }),
        { selector: (queue) => queue.queueId, minLength: 1 },
      ),
      channels: fc.uniqueArray(channel, { minLength: 1 }),
      proficiencies: fc.integer({ min: 1, max: 5 }).map((English) => ({ Language: { English } })),
      concurrency: fc.integer({ min: 1, max: 2 }),
      shiftTimes: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 2, maxLength: 6 })),
    }),
    { minLength: 1, maxLength: 4, size: 'max' },
  )
  .map((list): AgentSpec[] =>
    list.map(({ shiftTimes, ...spec }, index) => {
      const times = shiftTimes?.toSorted((a, b) => a - b).map((second) => shiftTime(second, index));
      const shifts = times?.flatMap((from, turn) => {
        const to = times[turn + 1];
        return turn % 2 === 0 && to !== undefined ? [{ from, to }] : [];
      });
      return { id: `agent-${index}`, ...spec, shifts };
    }),
  );

/** Shifts start and end between the seconds of all other events, and never two at the same time. */
function shiftTime(second: number, index: number): number {
  return at(second) + 500 + index;
}

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('arrive' as const),
      source: fc.record({
        channel,
        initiationMethod: fc.constant('INBOUND'),
        queueId,
        tags: fc.constantFrom<Record<string, string>[]>({}, { tier: 'gold' }),
        handlingMs: fc.integer({ min: 0, max: 40 }).map((seconds) => seconds * 1_000),
        patienceMs: fc.oneof(
          fc.integer({ min: 0, max: 100 }).map((seconds) => seconds * 1_000),
          fc.constant(Number.POSITIVE_INFINITY),
        ),
        routing: fc.record({ priority, ageSeconds: age, criteria }, { requiredKeys: [] }),
      }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      which,
      change: fc.oneof(
        fc.record({ QueuePriority: priority }),
        fc.record({ QueueTimeAdjustmentSeconds: age }),
        fc.record({ RoutingCriteria: criteria }),
        fc.record({ QueuePriority: priority, RoutingCriteria: criteria }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('transfer' as const), which, queueId }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('hangUp', 'pause', 'resume', 'attributes'), which }),
  },
);

const history: fc.Arbitrary<History> = fc.record({
  agents,
  lagMs: fc.constantFrom(0, 7_000, 60_000),
  afterContactWorkMs: fc.constantFrom(0, 5_000),
  operations: fc.array(fc.record({ afterSeconds: fc.constantFrom(0, 0, 1, 2, 5, 10, 30), operation }), {
    maxLength: 40,
    size: 'max',
  }),
});

/** Simulates a history, and checks the invariants after each event. */
function simulateHistory({ agents, lagMs, afterContactWorkMs, operations }: History) {
  const contacts = new Map<string, ReferenceContact>();
  const events: ContactEventEnvelope[] = [];
  const facts: ContactEvent[] = [];
  const finished: FinishedContact[] = [];
  const availability = new Map(agents.map(({ id }, order) => [id, { load: 0, order }]));
  const shiftStarts = agents
    .flatMap(({ id, shifts = [] }) => [...shifts].map(({ from }) => ({ id, from })))
    .sort((a, b) => a.from - b.from);
  let transferredTo = '';
  let availabilityChanges = agents.length;

  const centre: ContactCentre = new ContactCentre({
    instance: INSTANCE,
    queues: [{ id: 'q' }, { id: 'r' }],
    agents,
    random: seeded(1),
    routingLagMs: lagMs,
    afterContactWorkMs,
    onEvent: (event) => facts.push(event),
    publish(event) {
      events.push(event);
      const moment = momentOf(event);
      for (let next = shiftStarts[0]; next && next.from <= moment; next = shiftStarts[0]) {
        shiftStarts.shift();
        changeAvailability(next.id, 0);
      }
      const { eventType, previousContactId } = event.detail;
      if (eventType === 'INITIATED' && previousContactId !== undefined) addTransfer(event);
      if (eventType === 'CONNECTED_TO_AGENT') checkChoice(event, moment);
      if (eventType === 'CONNECTED_TO_AGENT') changeAvailability(agentOf(event).id, 1);
      if (eventType === 'COMPLETED' && event.detail.agentInfo) changeAvailability(agentOf(event).id, -1);
      check(moment);
    },
    onFinished: (contact) => finished.push(contact),
  });
  let now = at(0);

  /** The exact time of an event: its own is cut to whole seconds, and shifts start between them. */
  function momentOf({ detail, time }: ContactEventEnvelope): number {
    const { agent, disconnectedAt = 0 } = centre.describe(0, detail.contactId);
    const second = Date.parse(time);
    const moments = [agent?.connectedAt ?? 0, disconnectedAt, disconnectedAt + afterContactWorkMs];
    return moments.findLast((moment) => moment >= second && moment < second + 1_000) ?? second;
  }

  function addContact(source: Arrival, enqueuedAt: number): void {
    contacts.set(source.contactId, { source, enqueuedAt, order: contacts.size, updates: [] });
  }

  function addTransfer({ detail }: ContactEventEnvelope): void {
    const old = contacts.get(String(detail.previousContactId));
    if (!old) throw new RangeError('A transfer of an unknown contact.');
    const routing = { ...old.source.routing };
    for (const { change } of old.updates) {
      routing.priority = change.QueuePriority ?? routing.priority;
      routing.ageSeconds = change.QueueTimeAdjustmentSeconds ?? routing.ageSeconds;
      routing.criteria = change.RoutingCriteria ?? routing.criteria;
    }
    addContact({ ...old.source, contactId: detail.contactId, queueId: transferredTo, routing }, now);
  }

  function waitingIn({ queues }: CentreOverview): ReferenceContact[] {
    const ids = queues.flatMap((queue) => queue.contactIds);
    return ids.map((id) => contacts.get(id)).filter((contact) => contact !== undefined);
  }

  function agentOf({ detail }: ContactEventEnvelope): AgentSpec {
    const { agentArn } = detail.agentInfo as Record<string, string>;
    const agent = agents.find(({ id }) => agentArn?.endsWith(`/agent/${id}`));
    if (!agent) throw new RangeError(`There is no agent ${agentArn}.`);
    return agent;
  }

  function changeAvailability(id: string, loadChange: 1 | 0 | -1): void {
    availabilityChanges += 1;
    availability.set(id, {
      load: (availability.get(id)?.load ?? 0) + loadChange,
      order: availabilityChanges,
    });
  }

  /** No other waiting contact and no other idle agent should have been preferred. */
  function checkChoice(event: ContactEventEnvelope, moment: number): void {
    const { contactId } = event.detail;
    const agent = agentOf(event);
    const contact = contacts.get(contactId);
    if (!contact) throw new RangeError(`There is no contact ${contactId}.`);
    expect(isEligible(agent, contact, moment, lagMs)).toBe(true);
    expect(centre.describe(moment, contactId).isPaused).toBe(false);
    const overview = centre.overview(moment);
    const preferredContacts = waitingIn(overview).filter(
      (other) => isEligible(agent, other, moment, lagMs) && goesBefore(agent, other, contact, moment, lagMs),
    );
    expect(preferredContacts.map(({ source }) => source.contactId)).toEqual([]);
    const idle = overview.agents.filter(
      ({ id, concurrency, contactIds }) =>
        contactIds.length < concurrency && contactIds.length === availability.get(id)?.load,
    );
    const preferredAgents = agents.filter(
      (other) =>
        idle.some(({ id }) => id === other.id) &&
        isEligible(other, contact, moment, lagMs) &&
        isMoreAvailable(other, agent),
    );
    expect(preferredAgents.map(({ id }) => id)).toEqual([]);
  }

  /** Fewer contacts first, then the earlier change of availability. */
  function isMoreAvailable(a: AgentSpec, b: AgentSpec): boolean {
    const [ofA, ofB] = [availability.get(a.id), availability.get(b.id)];
    if (!ofA || !ofB) return false;
    return ofA.load < ofB.load || (ofA.load === ofB.load && ofA.order < ofB.order);
  }

  /**
   * No agent is idle while an eligible contact waits, no agent exceeds the concurrency, and no contact has
   * two agents.
   */
  function check(moment: number): void {
    const overview = centre.overview(moment);
    const handled = overview.agents.flatMap(({ contactIds }) => contactIds);
    const waiting = waitingIn(overview);
    const violations: string[] = new Set(handled).size === handled.length ? [] : ['a contact has two agents'];
    for (const { id, concurrency, contactIds, isAway } of overview.agents) {
      const agent = agents.find((spec) => spec.id === id);
      if (contactIds.length > concurrency) violations.push(`${id} has ${contactIds.length} contacts`);
      if (isAway === (agent !== undefined && isAtWork(agent, moment)))
        violations.push(`${id} away: ${isAway}`);
      if (!agent || contactIds.length === concurrency) continue;
      for (const contact of waiting) {
        if (isEligible(agent, contact, moment, lagMs))
          violations.push(`${contact.source.contactId} for ${id}`);
      }
    }
    // One expectation per moment: thousands of them take most of the time of the test.
    expect(violations).toEqual([]);
  }

  function perform(operation: Operation): void {
    if (operation.kind === 'arrive') {
      const source = { ...operation.source, contactId: `c${contacts.size}` };
      addContact(source, now);
      centre.arrive(now, source);
      return;
    }
    centre.advance(now);
    const contact = [...contacts.values()][operation.which % Math.max(1, contacts.size)];
    const { contactId = '', channel = '' } = contact?.source ?? {};
    if (!contact || !centre.isWaiting(now, contactId)) return;
    const { isPaused } = centre.describe(now, contactId);
    if (operation.kind === 'update') {
      contact.updates.push({ at: now, change: operation.change });
      centre.updateRouting(now, contactId, operation.change);
    } else if (operation.kind === 'transfer') {
      transferredTo = operation.queueId;
      centre.transfer(now, contactId, operation.queueId);
    } else if (operation.kind === 'hangUp') centre.disconnect(now, contactId);
    else if (operation.kind === 'attributes') centre.setAttributes(now, contactId, { mood: 'angry' });
    else if (channel === 'TASK' && isPaused === (operation.kind === 'resume'))
      centre[operation.kind](now, contactId);
  }

  for (const { afterSeconds, operation } of operations) {
    now += afterSeconds * 1_000;
    perform(operation);
    check(now);
  }
  now += 1_000_000;
  centre.advance(now);
  for (const id of contacts.keys()) if (centre.isWaiting(now, id)) centre.disconnect(now, id);
  now += 1_000_000;
  centre.advance(now);
  return { contacts, events, facts, finished, nextEventAt: centre.nextEventAt() };
}

test('in any history, routing follows the rules, no agent is idle without need, and every contact ends exactly once', () => {
  fc.assert(
    fc.property(history, (given) => {
      const { contacts, finished, events, nextEventAt } = simulateHistory(given);
      expect(finished.map(({ contactId }) => contactId).sort()).toEqual([...contacts.keys()].sort());
      for (const type of ['INITIATED', 'QUEUED', 'DISCONNECTED', 'COMPLETED']) {
        const ids = events
          .filter(({ detail }) => detail.eventType === type)
          .map(({ detail }) => detail.contactId);
        expect(ids.sort()).toEqual([...contacts.keys()].sort());
      }
      expect(nextEventAt).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});

test('onEvent receives the facts that parsing the events gives', () => {
  fc.assert(
    fc.property(history, (given) => {
      const { events, facts } = simulateHistory(given);
      expect(facts).toEqual(events.map(parseContactEvent));
    }),
    { numRuns: 50 },
  );
});

test('the same history has the same events', () => {
  fc.assert(
    fc.property(history, (given) => {
      expect(simulateHistory(given).events).toEqual(simulateHistory(given).events);
    }),
    { numRuns: 30 },
  );
});
