import { randomUUID } from 'node:crypto';
import { defined } from '../../lambda/domain/json.ts';
import { compilePattern, matches } from '../../lambda/domain/pattern/index.ts';

/** An event as EventBridge delivers it to a target. */
export interface EventEnvelope {
  readonly version: string;
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601 in whole seconds, as EventBridge formats it. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

/** A new event. The bus adds the members that are missing. */
export type NewEvent = Pick<EventEnvelope, 'detail-type' | 'source' | 'detail'> & Partial<EventEnvelope>;

export interface EventRule {
  readonly name: string;
  /** An EventBridge event pattern. */
  readonly pattern: unknown;
  /** Resolves when the target has accepted the event, not when it has handled it. */
  readonly target: (event: EventEnvelope) => Promise<void>;
}

export interface EventBus {
  /** Accepts an event and returns its id. Delivery to the targets happens later. */
  put(event: NewEvent): string;
  /** @throws EventPatternError when the rule's pattern is invalid. */
  addRule(rule: EventRule): void;
  hasRule(name: string): boolean;
  /** Number of deliveries that no target has accepted yet. */
  pending(): number;
}

export interface EventBusOptions {
  readonly region: string;
  readonly account: string;
  /**
   * Called when a target rejects an event. The bus does not retry, because the targets are in this process.
   */
  readonly onFailure: (rule: string, event: EventEnvelope, error: unknown) => void;
}

/** The pattern of a rule is not a valid event pattern. */
export class EventPatternError extends Error {
  override readonly name = 'EventPatternError';
}

/** The default event bus of one account and Region. */
export function createEventBus(options: EventBusOptions): EventBus {
  const rules: { rule: EventRule; selects: (event: EventEnvelope) => boolean }[] = [];
  let pending = 0;

  async function deliver(rule: EventRule, event: EventEnvelope): Promise<void> {
    try {
      await rule.target(structuredClone(event));
    } catch (error) {
      options.onFailure(rule.name, event, error);
    } finally {
      pending -= 1;
    }
  }

  return {
    put(newEvent) {
      const event = completeEvent(newEvent, options);
      for (const { rule } of rules.filter(({ selects }) => selects(event))) {
        pending += 1;
        setImmediate(() => deliver(rule, event));
      }
      return event.id;
    },
    addRule(rule) {
      rules.push({ rule, selects: compileSelector(rule) });
    },
    hasRule: (name) => rules.some(({ rule }) => rule.name === name),
    pending: () => pending,
  };
}

function compileSelector(rule: EventRule): (event: EventEnvelope) => boolean {
  const { pattern, problems } = compilePattern(rule.pattern);
  if (!pattern) {
    const reasons = problems.map((problem) => problem.message).join(' ');
    throw new EventPatternError(`The pattern of rule ${rule.name} is not a valid event pattern. ${reasons}`);
  }
  return (event) => matches(pattern, event);
}

/** Serializes the event, because rules and targets get events as JSON carries them. */
function completeEvent(event: NewEvent, { region, account }: EventBusOptions): EventEnvelope {
  const envelope: EventEnvelope = {
    version: '0',
    id: randomUUID(),
    account,
    time: formatEventTime(Date.now()),
    region,
    resources: [],
    ...defined(event),
  };
  return JSON.parse(JSON.stringify(envelope)) as EventEnvelope;
}

/** Formats milliseconds since the epoch as the `time` of an event, in whole seconds. */
export function formatEventTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
