import type { RoutingCriteria } from '../../lambda/domain/routing/criteria.ts';
import { type Routing, routingChanges } from '../../lambda/domain/routing/routing.ts';
import type { ExpectedChange } from './expected-changes.ts';

/** A call of UpdateContactRoutingData as Connect saw it. */
export interface ObservedCall {
  readonly contactId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly request: {
    readonly QueuePriority?: number;
    readonly QueueTimeAdjustmentSeconds?: number;
    readonly RoutingCriteria?: RoutingCriteria;
  };
  readonly applied: boolean;
  readonly throttled: boolean;
  /** The contact still waited when the call came. */
  readonly wasQueued: boolean;
}

/** A change that was due and was made. */
export interface AppliedChange {
  readonly policy: string;
  /** Milliseconds from due to applied. */
  readonly latenessMs: number;
}

/** What became of the changes that were due for one contact. */
export interface ContactAudit {
  readonly applied: readonly AppliedChange[];
  /** Due, but the contact left before a call could reach it. */
  readonly departedFirst: number;
  /** Due, but something else fell due before the call. */
  readonly superseded: number;
  /** Due, and never made although the contact went on waiting. */
  readonly missed: readonly ExpectedChange[];
  /** Applied though nothing of the kind was due. */
  readonly unexpected: readonly ObservedCall[];
}

/** A contact that leaves so soon after its change fell due may do so without it. */
export const GRACE_MS = 5_000;

/** Holds the calls that were made for a contact against the changes that were due. */
export function auditCalls(
  expected: readonly ExpectedChange[],
  calls: readonly ObservedCall[],
  leftAt: number,
): ContactAudit {
  const applied = calls.filter((call) => call.applied);
  const changesMade: AppliedChange[] = [];
  const missed: ExpectedChange[] = [];
  const used = new Set<ObservedCall>();
  let departedFirst = 0;
  let superseded = 0;
  for (const [index, change] of expected.entries()) {
    const made = applied.find((call) => call.at >= change.dueAt && setsAll(call, change.changes));
    const next = expected[index + 1];
    if (made) {
      used.add(made);
      changesMade.push({ policy: change.policy, latenessMs: made.at - change.dueAt });
    } else if (leftAt - change.dueAt < GRACE_MS) departedFirst += 1;
    else if (next && next.dueAt - change.dueAt < GRACE_MS) superseded += 1;
    else missed.push(change);
  }
  return {
    applied: changesMade,
    departedFirst,
    superseded,
    missed,
    unexpected: applied.filter((call) => !used.has(call)),
  };
}

/** True when the call sets every facet of the change. The scenario's changes fit into one call each. */
function setsAll({ request }: ObservedCall, changes: Routing): boolean {
  const set: Routing = {
    ...(request.QueuePriority === undefined ? {} : { priority: request.QueuePriority }),
    ...(request.QueueTimeAdjustmentSeconds === undefined
      ? {}
      : { ageSeconds: request.QueueTimeAdjustmentSeconds }),
    ...(request.RoutingCriteria === undefined ? {} : { criteria: request.RoutingCriteria }),
  };
  return Object.keys(routingChanges(changes, set)).length === 0;
}
