import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { defined } from '../../../lambda/domain/json.ts';
import type { ForecastMoment } from '../../explain/forecast.ts';
import { nextMoment } from '../next-change.ts';
import type { ReadState } from '../read-state.ts';
import { stepNumber } from '../step-number.ts';
import { type ComingChange, type ComingChangeList, LISTED_MS, MAX_LISTED } from './change-lists.ts';

/** Contacts whose next change is forecast at a look, at most: each takes as long as a plan or two. */
const MAX_EXAMINED = 200;

/**
 * The changes that the next minute brings if no event and no message arrives, one for each contact. Those that are due
 * already are not among them.
 */
export function comingChanges({
  records,
  context,
  state: { at },
}: Pick<ReadState, 'records' | 'context' | 'state'>): ComingChangeList {
  const until = at + LISTED_MS;
  const reconciled = records
    .filter(({ wakeAt, closedAt }) => wakeAt !== undefined && wakeAt <= until && closedAt === undefined)
    .sort((a, b) => wakeTime(a) - wakeTime(b));
  const changes = reconciled
    .slice(0, MAX_EXAMINED)
    .flatMap((record) => {
      const moment = nextMoment(record, context, at, until);
      return moment ? [comingChange(record, moment, context)] : [];
    })
    .sort((a, b) => a.at - b.at);
  return {
    count: changes.length,
    next: changes.slice(0, MAX_LISTED),
    ...(reconciled.length > MAX_EXAMINED && { isPartial: true as const }),
  };
}

function comingChange(
  { instanceId, contactId, override }: ContactRecord,
  moment: ForecastMoment,
  { policies }: ReadState['context'],
): ComingChange {
  const { at, plan, calls } = moment;
  return {
    ...{ instanceId, contactId, at, updates: calls },
    ...(moment.override
      ? { override: defined({ actor: override?.actor }) }
      : defined({ policy: plan.policy, step: stepNumber(policies, plan) })),
  };
}

function wakeTime({ wakeAt }: ContactRecord): number {
  return wakeAt ?? Number.POSITIVE_INFINITY;
}
