import { needsMetrics } from '../../lambda/domain/condition/condition.ts';
import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import { tierOfContact } from '../../sim/scenario/index.ts';
import { ANGRY_SIGNAL } from './angry-customers.ts';
import { auditByAny, type ContactAudit, type ObservedCall } from './audit.ts';
import { concernsQueue, conditionSpans, possibleSignals, type ReadLoad } from './condition-spans.ts';
import type { ConfigurationVersion, Pause } from './configuration-log.ts';
import type { DecidingConfiguration } from './demo-policies.ts';
import { type ExpectedChange, expectedChanges, type GroundTruth, planContext } from './expected-changes.ts';
import type { DemoObserver } from './observer.ts';
import type { DemoResult } from './run.ts';
import { type Visit, type Wait, waitWithin } from './visits.ts';

/**
 * Why a contact is not judged: somebody changed it; the configuration was edited, and it matters to the contact; or its
 * policies ask for what the demo cannot see.
 */
export type LeftOut = 'touched' | 'edited' | 'unseen';

/** A contact that waited in the demo. */
export interface AuditedContact {
  readonly contactId: string;
  readonly tier: string;
  readonly wait: Wait;
  /** The calls for it, in order. */
  readonly calls: readonly ObservedCall[];
  readonly audit: ContactAudit | LeftOut;
}

/**
 * An edit takes effect within this time, also on a slow machine and for contacts that wait. Until then, the earlier
 * configuration may decide what is due.
 */
const EDIT_SETTLES_MS = 120_000;

/** Dispatch sends what was held back soon after a pause, and once a minute whatever happens. */
const PAUSE_SETTLES_MS = 75_000;

/** A change that was due so shortly before a pause may be held back, too. */
const CALL_TAKES_MS = 5_000;

/** Compares the calls with what was due by what was in force, contact by contact. */
export function auditContacts(result: DemoResult, observer: DemoObserver): AuditedContact[] {
  const { setup, window } = result;
  const tierOf = tierOfContact(setup.scenario);
  const callsByContact = Map.groupBy(observer.calls, ({ contactId }) => contactId);
  const possibleFrom = possibleFromOf(result.configuration.pauses);
  return [...observer.visits].flatMap(([contactId, visit]) => {
    const tier = tierOf(contactId);
    const wait = waitWithin(visit, window);
    if (tier === undefined || !wait) return [];
    const calls = callsByContact.get(contactId) ?? [];
    const possibilities = observer.interventions.touched(visit)
      ? 'touched'
      : possibleChanges(visit, wait, result, observer.loads);
    const audit =
      typeof possibilities === 'string'
        ? possibilities
        : auditByAny(possibilities, calls, wait.leftAt, possibleFrom);
    return [{ contactId, tier, wait, calls, audit }];
  });
}

/** From when on a change can be applied that is due at a time, see {@link auditByAny}. */
function possibleFromOf(pauses: readonly Pause[]): (dueAt: number) => number {
  return (dueAt) => {
    const pause = pauses.find(
      ({ from, until = Number.POSITIVE_INFINITY }) =>
        from - CALL_TAKES_MS <= dueAt && dueAt < until + PAUSE_SETTLES_MS,
    );
    return pause ? (pause.until ?? Number.POSITIVE_INFINITY) + PAUSE_SETTLES_MS : dueAt;
  };
}

/** What was due for a contact, by each of several possibilities; or why nobody can say. */
function possibleChanges(
  visit: Visit,
  wait: Wait,
  result: DemoResult,
  loads: readonly ReadLoad[],
): ExpectedChange[][] | LeftOut {
  const answers = versionsDuring(result.configuration.versions, wait).map(({ configuration }) =>
    changesUnder(configuration, visit, wait, result, loads),
  );
  const [first = [], ...others] = answers;
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : 'edited';
}

/** The configurations that may have decided about a contact. */
function versionsDuring(
  versions: readonly ConfigurationVersion[],
  { enqueuedAt, leftAt }: Wait,
): ConfigurationVersion[] {
  return versions.filter(({ since }, index) => {
    const until = versions[index + 1]?.since ?? Number.POSITIVE_INFINITY;
    return (index === 0 || since < leftAt) && until + EDIT_SETTLES_MS > enqueuedAt;
  });
}

function changesUnder(
  configuration: DecidingConfiguration,
  visit: Visit,
  wait: Wait,
  { window, arrivals, angryAt }: DemoResult,
  loads: readonly ReadLoad[],
): ExpectedChange[][] | 'unseen' {
  const { contactId } = visit.facts;
  const queueId = queueStateKey(visit.queueArn);
  const conditions = configuration.conditions.filter((condition) => concernsQueue(condition, queueId));
  const ofQueue = loads.filter((read) => read.queueId === queueId && read.at <= window.endsAt);
  const spans = conditionSpans(conditions.filter(needsMetrics), ofQueue);
  const angry = angryAt.get(contactId);
  const ofFlow = angry === undefined ? [] : [{ name: ANGRY_SIGNAL, at: angry }];
  const arrival = arrivals.get(contactId);
  const context = planContext(configuration);
  const changesWith = (more: GroundTruth['signals']) =>
    possibleSignals(spans, wait.enqueuedAt, wait.leftAt).map((signals) =>
      expectedChanges(
        {
          facts: visit.facts,
          attributes: arrival?.attributes ?? {},
          initialRouting: arrival?.routing ?? {},
          queueName: queueId,
          signals: [...ofFlow, ...signals, ...more],
          knownAt: Math.max(wait.enqueuedAt, window.startsAt),
          leftAt: wait.leftAt,
        },
        context,
      ),
    );
  const possibilities = changesWith([]);
  // Nobody outside sees the figures that the system counts itself.
  const counted = conditions.filter((condition) => !needsMetrics(condition));
  const always = counted.map(({ name }) => ({ name, at: wait.enqueuedAt }));
  const isUnseen =
    (counted.length > 0 && JSON.stringify(changesWith(always)) !== JSON.stringify(possibilities)) ||
    possibilities.flat().some(({ policy }) => skipsUnstaffed(policy, configuration));
  return isUnseen ? 'unseen' : possibilities;
}

function skipsUnstaffed(name: string, { policies }: DecidingConfiguration): boolean {
  return policies.policies.find((policy) => policy.name === name)?.skipUnstaffed === true;
}
