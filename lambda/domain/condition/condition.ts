import type { Pattern } from '../pattern/index.ts';

/** The load of a queue. A member that is not known is absent; the two that are always known are not. */
export interface QueueLoad {
  /** Contacts that wait. */
  readonly waiting: number;
  /** Whole seconds for which the one waits that waits longest; 0 where none waits. */
  readonly oldestSeconds: number;
  /** Agents who are logged in and serve the queue. */
  readonly agentsStaffed?: number;
  /** Those of them who could take a contact now. */
  readonly agentsAvailable?: number;
}

/** The members of {@link QueueLoad}: what the patterns of conditions may name. */
export const LOAD_FIELDS = ['waiting', 'oldestSeconds', 'agentsStaffed', 'agentsAvailable'] as const;

/** The channels by which a condition may count: those whose metrics Connect has. */
export const CONDITION_CHANNELS = ['VOICE', 'CHAT', 'TASK'] as const;

/** A condition on the load of queues. While it holds for a queue, the queue has the signal of its name. */
export interface Condition {
  /** The name of the signal. */
  readonly name: string;
  readonly description?: string;
  /** Names, ids or ARNs of queues; absent: every queue in which contacts wait. */
  readonly queues?: readonly string[];
  /** The channel whose contacts count; absent: all together. */
  readonly channel?: (typeof CONDITION_CHANNELS)[number];
  /** A pattern over the load: when the condition begins. */
  readonly when: Pattern;
  /** When it ends; absent: as soon as `when` does not match. */
  readonly until?: Pattern;
}

/** Whether the load comes from the metrics of Connect: contacts of one channel and agents are not counted otherwise. */
export function needsMetrics(condition: Condition): boolean {
  return condition.channel !== undefined || asksForAgents(condition);
}

/** Whether the condition depends on agents. */
export function asksForAgents({ when, until }: Pick<Condition, 'when' | 'until'>): boolean {
  const patterns = until ? [when, until] : [when];
  const names = patterns.flatMap(({ rules }) => rules.flatMap((rule) => rule.map(({ name }) => name)));
  return names.some((name) => name.startsWith('agents'));
}
