import type { IdlePool } from './idle-pool.ts';
import type { Line } from './line.ts';

export interface Queue {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** The contacts that wait. */
  readonly line: Line;
  /** The agents that serve the queue and could take a contact. */
  readonly idle: IdlePool;
}
