import {
  type AgentSpec,
  type Arrival,
  type CentreOptions,
  ContactCentre,
  type ContactEventEnvelope,
  type FinishedContact,
} from '../../../sim/centre/index.ts';

export const INSTANCE = {
  id: '12345678-1234-1234-1234-123456789012',
  account: '111122223333',
  region: 'eu-central-1',
} as const;

export const INSTANCE_ARN =
  'arn:aws:connect:eu-central-1:111122223333:instance/12345678-1234-1234-1234-123456789012';

const START = Date.UTC(2026, 10, 24, 10);

/** Seconds after 2026-11-24T10:00:00Z, in milliseconds since the epoch. */
export function at(seconds: number): number {
  return START + seconds * 1_000;
}

export function secondsOf(time: number | undefined): number | undefined {
  return time === undefined ? undefined : (time - START) / 1_000;
}

/** Random numbers from 0 up to, but not including, 1; deterministic (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An agent who serves queue `q` and takes calls. */
export function agent(id: string, more: Partial<AgentSpec> = {}): AgentSpec {
  return { id, queues: [{ queueId: 'q', priority: 1 }], channels: ['VOICE'], ...more };
}

/** A call to queue `q` with 10 s of handling and infinite patience. */
export function call(contactId: string, more: Partial<Arrival> = {}): Arrival {
  return {
    contactId,
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    queueId: 'q',
    handlingMs: 10_000,
    patienceMs: Number.POSITIVE_INFINITY,
    ...more,
  };
}

/** A centre with queues `q` and `r` and without after-contact work, and its events. */
export function centreWith(options: Partial<CentreOptions> = {}) {
  const events: ContactEventEnvelope[] = [];
  const finished: FinishedContact[] = [];
  const centre = new ContactCentre({
    instance: INSTANCE,
    queues: [{ id: 'q' }, { id: 'r' }],
    agents: [],
    random: seeded(1),
    publish: (event) => events.push(event),
    onFinished: (contact) => finished.push(contact),
    afterContactWorkMs: 0,
    ...options,
  });
  return { centre, events, finished };
}

/** A summary of events, in order: second, event type and contact. */
export function eventSummaries(events: readonly ContactEventEnvelope[]): string[] {
  return events.map(
    ({ detail, time }) => `${secondsOf(Date.parse(time))} ${detail.eventType} ${detail.contactId}`,
  );
}

export const english = (level: number) =>
  ({
    AttributeCondition: {
      Name: 'Language',
      Value: 'English',
      ComparisonOperator: 'NumberGreaterOrEqualTo',
      ProficiencyLevel: level,
    },
  }) as const;

export const only = (...AgentIds: string[]) =>
  ({
    AttributeCondition: { ComparisonOperator: 'Match', MatchCriteria: { AgentsCriteria: { AgentIds } } },
  }) as const;
