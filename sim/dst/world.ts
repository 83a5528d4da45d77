import type { Settings } from '../../lambda/domain/settings.ts';
import type { ContactCentre, ContactEventEnvelope } from '../centre/index.ts';
import type { Agents } from './agents.ts';
import type { Outage } from './conditions.ts';
import type { Fault } from './faults.ts';
import type { MalformedMessage } from './malformed-messages.ts';
import type { PolicyHistory } from './reference/judge.ts';
import type { ConditionSources } from './reference/load.ts';
import type { RunLog } from './reference/story.ts';
import type { SimulatedAws } from './simulated-aws.ts';

/** A contact event that a centre published, and whether EventBridge delivered it. */
export interface PublishedEvent {
  readonly event: ContactEventEnvelope;
  readonly isDelivered: boolean;
}

/** Everything in a run: the services, the centres, and a log of what was published and sent. */
export interface World {
  readonly aws: SimulatedAws;
  readonly centres: ReadonlyMap<string, ContactCentre>;
  readonly settings: Settings;
  readonly published: readonly PublishedEvent[];
  /** The rule messages that other systems sent, with the time, in order. */
  readonly sentMessages: { readonly at: number; readonly body: object }[];
  /** The attributes that flows set, with the time, in order. */
  readonly attributes: RunLog['attributes'][number][];
  /** The policies of the run, each set from its time on. */
  readonly policies: PolicyHistory[number][];
  /** The setting `horizon` as people write it. */
  readonly horizon: RunLog['horizon'];
  /** The conditions on the load of queues. */
  readonly conditions: ConditionSources;
  /** Who is logged in. */
  readonly agents: Agents;
  /** Whether a policy of the run has a target. */
  readonly hasTargets: boolean;
  /** Whether the run has no faults and no outages. */
  readonly isCalm: boolean;
  /** When the last fault may have struck, in milliseconds since the epoch. */
  readonly faultsEndAt: number;
  /** How often each fault has struck. */
  readonly faults: ReadonlyMap<Fault, number>;
  /** When the dead letters are redriven, in milliseconds since the epoch. */
  readonly redrivenAt: number;
  readonly outages: readonly Outage[];
  /** How far the clocks of the functions are ahead of Connect's, in milliseconds. */
  readonly clockSkewMs: number;
  /** Whether an earlier version of the system ran at first. */
  readonly hasUpgrade: boolean;
  /** Whether the sweep runs. */
  readonly withSweep: boolean;
  /** The malformed rule messages that other systems sent. */
  readonly malformed: readonly MalformedMessage[];
}
