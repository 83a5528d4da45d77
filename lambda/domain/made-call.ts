import { workOf } from './dealings.ts';
import type { InForce, MadeCall } from './outcome.ts';
import type { ContactRecord, Dealings } from './record.ts';
import { type AgeAdjustment, nextCall } from './routing.ts';

/**
 * The next call for a contact as it was last decided; undefined when there is none to be made, or none before Connect
 * was asked: where ages add up, nothing is added to one that may have been sent already.
 *
 * @param certain - the record without what was only assumed, to which a call that changes nothing returns.
 */
export function callFor(
  record: ContactRecord,
  ageAdjustment: AgeAdjustment,
  certain: ContactRecord = record,
): MadeCall | undefined {
  const work = workOf(record);
  if (work?.kind !== 'changes' || !record.decision) return undefined;
  const { stay, inForce, doubtful } = work.dealings;
  const next = nextCall(work.changes, inForce, ageAdjustment);
  if (!next) return undefined;
  const addsToDoubt = ageAdjustment === 'incremental' && doubtful?.includes('ageSeconds');
  if (addsToDoubt && next.settles.ageSeconds !== undefined) return undefined;
  const { generation, override } = record.decision;
  return {
    ...next,
    stay,
    generation,
    ...(override === undefined ? {} : { override }),
    before: inForceOf(certain.dealings ?? work.dealings),
  };
}

function inForceOf({ inForce, checked, beforeOverride, doubtful }: Dealings): InForce {
  return {
    inForce,
    checked,
    ...(beforeOverride === undefined ? {} : { beforeOverride }),
    ...(doubtful === undefined ? {} : { doubtful }),
  };
}
