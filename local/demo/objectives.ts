import { updateLimits } from '../../lambda/domain/settings.ts';
import type { ObservedCall } from './audit.ts';
import type { AuditedContact } from './audit-contacts.ts';
import type { ExpectedChange } from './expected-changes.ts';
import type { DemoObserver } from './observer.ts';
import { peakLoad } from './peak-load.ts';
import type { DemoResult } from './run.ts';

/** An objective, and whether it was met. */
export interface SloCheck {
  readonly objective: string;
  readonly violations: number;
  /** Whether a machine that is too slow can be the cause. */
  readonly dependsOnSpeed: boolean;
  readonly examples: readonly string[];
}

/** Violations of an objective that are shown. */
const MAX_EXAMPLES = 5;

/** Checks every objective, of the contacts that are judged. */
export function checkObjectives(
  audited: readonly AuditedContact[],
  observer: DemoObserver,
  result: DemoResult,
): SloCheck[] {
  const audits = audited.flatMap(({ contactId, calls, audit }) =>
    typeof audit === 'string' ? [] : [{ contactId, calls, audit }],
  );
  const times = observer.calls.map(({ at }) => at);
  const throttled = observer.calls.filter((call) => call.throttled).length;
  return [
    checkSlo(
      'every change was applied if its contact was still queued 5 s after it was due',
      audits.flatMap(({ contactId, audit }) => audit.missed.map((change) => formatMissed(contactId, change))),
      true,
    ),
    checkSlo(
      'no call applied a change that was not due',
      audits.flatMap(({ audit }) => audit.unexpected.map(formatCall)),
      false,
    ),
    checkSlo(
      'no change was applied twice',
      audits.flatMap(({ calls }) => repeatedCalls(calls)),
      false,
    ),
    {
      objective: 'no call was made for a contact that was known to have left',
      violations: observer.callsToDeparted,
      dependsOnSpeed: true,
      examples: [],
    },
    {
      objective: 'no call exceeded the quota',
      violations: peakLoad(times, largestLimits(result)).overBudget + throttled,
      dependsOnSpeed: true,
      examples: [],
    },
  ];
}

/** What the settings granted at most, where they were edited. */
function largestLimits({ configuration }: DemoResult): ReturnType<typeof updateLimits> {
  const limits = configuration.versions.map((version) => updateLimits(version.configuration.settings));
  return {
    ratePerSecond: Math.max(...limits.map(({ ratePerSecond }) => ratePerSecond)),
    burst: Math.max(...limits.map(({ burst }) => burst)),
  };
}

/** Applied calls that repeat the contact's previous applied call. */
function repeatedCalls(calls: readonly ObservedCall[]): string[] {
  const applied = calls.filter((call) => call.applied);
  return applied
    .filter(
      (call, index) =>
        index > 0 && JSON.stringify(call.request) === JSON.stringify(applied[index - 1]?.request),
    )
    .map(formatCall);
}

function checkSlo(objective: string, violations: readonly string[], dependsOnSpeed: boolean): SloCheck {
  return {
    objective,
    violations: violations.length,
    dependsOnSpeed,
    examples: violations.slice(0, MAX_EXAMPLES),
  };
}

function formatMissed(contactId: string, { dueAt, changes, policy }: ExpectedChange): string {
  return `${contactId}: ${JSON.stringify(changes)} by ${policy}, due at ${new Date(dueAt).toISOString()}`;
}

function formatCall({ contactId, at, request }: ObservedCall): string {
  return `${contactId}: ${JSON.stringify(request)} at ${new Date(at).toISOString()}`;
}
