import { defined } from '../../lambda/domain/json.ts';
import type { RoutingCriteria } from '../../lambda/domain/routing/criteria.ts';
import { isEmptyRouting, type Routing, routingChanges } from '../../lambda/domain/routing/routing.ts';
import type { ExpectedChange } from './expected-changes.ts';

/** A call of UpdateContactRoutingData, as Connect received it. */
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
  /** True when the contact was queued when the call arrived. */
  readonly wasQueued: boolean;
}

/** A change that was due and was applied. */
export interface AppliedChange {
  readonly policy: string;
  /** Simulated milliseconds from when it could be applied, see {@link auditCalls}, until it was. */
  readonly latenessMs: number;
}

/** Compares the changes that were due for one contact with the calls. */
export interface ContactAudit {
  readonly applied: readonly AppliedChange[];
  /** Changes whose contact left within {@link GRACE_MS}. */
  readonly departedFirst: number;
  /** Changes that the next change superseded within {@link GRACE_MS}. */
  readonly superseded: number;
  /** Changes that were held back from when they were due, until their contact left or was given others. */
  readonly heldBack: number;
  /** Changes that were never applied, although the contact was still waiting. */
  readonly missed: readonly ExpectedChange[];
  /** Calls that applied a change that was not due. */
  readonly unexpected: readonly ObservedCall[];
}

/** Simulated milliseconds after it is due within which a change need not be applied yet. */
const GRACE_MS = 5_000;

/**
 * Compares the calls for a contact with the changes that were due.
 *
 * @param leftAt - when the contact left, or the demo ended. The expected changes are those that were due until then.
 * @param possibleFrom - from when on a change could be applied that was due at a time: later while calls are paused,
 *   Infinity if they stay paused. Default: from then.
 */
export function auditCalls(
  expected: readonly ExpectedChange[],
  calls: readonly ObservedCall[],
  leftAt: number,
  possibleFrom: (dueAt: number) => number = (dueAt) => dueAt,
): ContactAudit {
  const applied = calls.filter((call) => call.applied);
  const appliedChanges: AppliedChange[] = [];
  const missed: ExpectedChange[] = [];
  const used = new Set<ObservedCall>();
  let departedFirst = 0;
  let superseded = 0;
  let heldBack = 0;
  for (const [index, change] of expected.entries()) {
    const match = callsOf(change, applied);
    const from = possibleFrom(change.dueAt);
    const next = expected[index + 1];
    const hadLeft = leftAt - from < GRACE_MS;
    const wasSuperseded = next !== undefined && !(possibleFrom(next.dueAt) - from >= GRACE_MS);
    if (match) {
      for (const call of match) used.add(call);
      const at = Math.max(...match.map((call) => call.at));
      appliedChanges.push({ policy: change.policy, latenessMs: Math.max(0, at - from) });
    } else if (from > change.dueAt && (hadLeft || wasSuperseded)) heldBack += 1;
    else if (hadLeft) departedFirst += 1;
    else if (wasSuperseded) superseded += 1;
    else missed.push(change);
  }
  return {
    applied: appliedChanges,
    departedFirst,
    superseded,
    heldBack,
    missed,
    // A slow machine needs long to become idle after the demo: what falls due meanwhile is not among the expected.
    unexpected: applied.filter((call) => !used.has(call) && call.at < leftAt),
  };
}

/**
 * Compares the calls for a contact with what was due by each of several possibilities, of which nobody knows which one
 * holds. The one that explains the calls best counts: with the fewest faults, and then the least lateness.
 *
 * @param possibilities - at least one.
 */
export function auditByAny(
  possibilities: readonly (readonly ExpectedChange[])[],
  calls: readonly ObservedCall[],
  leftAt: number,
  possibleFrom?: (dueAt: number) => number,
): ContactAudit {
  const [first = auditCalls([], calls, leftAt), ...others] = possibilities.map((expected) =>
    auditCalls(expected, calls, leftAt, possibleFrom),
  );
  const faults = ({ missed, unexpected }: ContactAudit) => missed.length + unexpected.length;
  const lateness = ({ applied }: ContactAudit) =>
    applied.reduce((sum, { latenessMs }) => sum + latenessMs, 0);
  return others.reduce((best, audit) => {
    const difference = faults(audit) - faults(best);
    return difference < 0 || (difference === 0 && lateness(audit) < lateness(best)) ? audit : best;
  }, first);
}

/** The first calls that set the fields of a change once it was due; undefined where one of them is set by none. */
function callsOf(
  { dueAt, changes }: ExpectedChange,
  applied: readonly ObservedCall[],
): readonly ObservedCall[] | undefined {
  const later = applied.filter(({ at }) => at >= dueAt);
  const calls = Object.entries(changes).map(([field, value]) =>
    later.find((call) => isEmptyRouting(routingChanges({ [field]: value }, setBy(call)))),
  );
  return calls.every((call) => call !== undefined) ? calls : undefined;
}

/** What a call sets. */
function setBy({ request }: ObservedCall): Routing {
  return defined({
    priority: request.QueuePriority,
    ageSeconds: request.QueueTimeAdjustmentSeconds,
    criteria: request.RoutingCriteria,
  });
}
