import type { IdlePool } from './idle-pool.ts';
import type { Line } from './line.ts';

/** A queue inside of the centre. */
export interface Queue {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** The contacts that wait. */
  readonly line: Line;
  /** The agents that serve the queue and could take a contact. */
  readonly idle: IdlePool;
}
