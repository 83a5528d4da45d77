import { randomUUID } from 'node:crypto';
import { compilePattern, matches } from '../../lambda/domain/pattern/index.ts';

/** An event as EventBridge hands it to a target. */
export interface EventEnvelope {
  readonly version: string;
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, in whole seconds as EventBridge writes it. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

/** What must be known of a new event; the bus fills in the rest. */
export type NewEvent = Pick<EventEnvelope, 'detail-type' | 'source' | 'detail'> & Partial<EventEnvelope>;

export interface EventRule {
  readonly name: string;
  /** An EventBridge event pattern. */
  readonly pattern: unknown;
  /** Takes the event over: resolves when the target has it, not when it has dealt with it. */
  readonly target: (event: EventEnvelope) => Promise<void>;
}

export interface EventBus {
  /** Takes an event over and returns its id. It reaches the targets later. */
  put(event: NewEvent): string;
  /** @throws EventPatternError when the pattern is not one. */
  addRule(rule: EventRule): void;
  /** Deliveries that no target has taken over yet. */
  pending(): number;
}

export interface EventBusOptions {
  readonly region: string;
  readonly account: string;
  /** Told of an event that a target refused. It is not tried again: the targets are in this process. */
  readonly onFailure: (rule: string, event: EventEnvelope, error: unknown) => void;
}

/** The pattern of a rule is not an event pattern. */
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
    pending: () => pending,
  };
}

function compileSelector(rule: EventRule): (event: EventEnvelope) => boolean {
  const { pattern, problems } = compilePattern(rule.pattern);
  if (!pattern) {
    const reasons = problems.map((problem) => problem.message).join(' ');
    throw new EventPatternError(`The pattern of the rule ${rule.name} is not an event pattern. ${reasons}`);
  }
  return (event) => matches(pattern, event);
}

/** Events travel as JSON, so what JSON cannot carry is gone before any rule sees it. */
function completeEvent(event: NewEvent, { region, account }: EventBusOptions): EventEnvelope {
  const whole: EventEnvelope = {
    version: '0',
    id: randomUUID(),
    account,
    time: formatEventTime(Date.now()),
    region,
    resources: [],
    ...event,
  };
  return JSON.parse(JSON.stringify(whole)) as EventEnvelope;
}

/** A moment as the `time` of an event: whole seconds. */
export function formatEventTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
