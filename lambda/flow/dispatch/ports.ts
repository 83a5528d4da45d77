import type { StoredNames } from '../../domain/policy/policy-set.ts';
import type { WorkList } from '../../domain/reconcile/pending-order.ts';
import type { Settings } from '../../domain/settings.ts';
import type { BackOff } from '../back-off.ts';
import type { Clock, Connect, ContactStore, Outbox, Telemetry } from '../ports.ts';
import type { FairQueue } from './fair-queue.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** What a round of dispatch needs from outside. */
export interface RoundPorts extends BackOff {
  readonly contacts: ContactStore;
  readonly outbox: Outbox;
  readonly connect: Connect;
  readonly rateLimiter: RateLimiter;
  /** Whose turn it is, by list: questions and updates have places of their own. */
  readonly fairQueues: Readonly<Record<WorkList, FairQueue>>;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** What policies name of contacts; undefined where that is not known yet. */
  storedNames(): Promise<StoredNames | undefined>;
}

/** What dispatch needs from outside. */
export interface DispatchPorts extends RoundPorts {
  settings(): Promise<Settings>;
  /** Instance ids given at deploy. */
  readonly instances: readonly string[];
}
