import { type Routing, routingChanges } from '../../lambda/domain/routing.ts';
import type { RoutingCriteria } from '../../lambda/domain/routing-criteria.ts';
import type { ExpectedChange } from './expected.ts';

/** A call of UpdateContactRoutingData as Connect saw it. */
export interface SeenCall {
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
export interface MadeChange {
  readonly policy: string;
  /** Milliseconds from due to applied. */
  readonly latenessMs: number;
}

/** What became of the changes that were due for one contact. */
export interface ContactVerdict {
  readonly made: readonly MadeChange[];
  /** Due, but the contact left before a call could reach it. */
  readonly leftInTime: number;
  /** Due, but something else fell due before the call. */
  readonly overtaken: number;
  /** Due, and never made although the contact went on waiting. */
  readonly missed: readonly ExpectedChange[];
  /** Applied though nothing of the kind was due. */
  readonly undue: readonly SeenCall[];
}

/** A contact that leaves so soon after its change fell due may do so without it. */
export const GRACE_MS = 5_000;

/** Holds the calls that were made for a contact against the changes that were due. */
export function judge(
  expected: readonly ExpectedChange[],
  calls: readonly SeenCall[],
  leftAt: number,
): ContactVerdict {
  const applied = calls.filter((call) => call.applied);
  const changesMade: MadeChange[] = [];
  const missed: ExpectedChange[] = [];
  const used = new Set<SeenCall>();
  let leftInTime = 0;
  let overtaken = 0;
  for (const [index, change] of expected.entries()) {
    const made = applied.find((call) => call.at >= change.dueAt && carries(call, change.changes));
    const next = expected[index + 1];
    if (made) {
      used.add(made);
      changesMade.push({ policy: change.policy, latenessMs: made.at - change.dueAt });
    } else if (leftAt - change.dueAt < GRACE_MS) leftInTime += 1;
    else if (next && next.dueAt - change.dueAt < GRACE_MS) overtaken += 1;
    else missed.push(change);
  }
  return {
    made: changesMade,
    leftInTime,
    overtaken,
    missed,
    undue: applied.filter((call) => !used.has(call)),
  };
}

/** True when the call sets every facet of the change. The scenario's changes fit into one call each. */
function carries({ request }: SeenCall, changes: Routing): boolean {
  const set: Routing = {
    ...(request.QueuePriority === undefined ? {} : { priority: request.QueuePriority }),
    ...(request.QueueTimeAdjustmentSeconds === undefined
      ? {}
      : { ageSeconds: request.QueueTimeAdjustmentSeconds }),
    ...(request.RoutingCriteria === undefined ? {} : { criteria: request.RoutingCriteria }),
  };
  return Object.keys(routingChanges(changes, set)).length === 0;
}
