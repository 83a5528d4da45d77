import type { IdlePool } from './idle-pool.ts';
import type { WaitingQueue } from './waiting-queue.ts';

/** A queue inside of the centre. */
export interface Queue {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** The contacts that wait. */
  readonly waitingQueue: WaitingQueue;
  /** The agents that serve the queue and could take a contact. */
  readonly idleAgents: IdlePool;
}
