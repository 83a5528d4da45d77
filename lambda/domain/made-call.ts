import { workOf } from './dealings.ts';
import type { MadeCall } from './outcome.ts';
import type { ContactRecord } from './record.ts';
import { type AgeAdjustment, nextCall } from './routing.ts';

/**
 * The next call for a contact as it was last decided; undefined when there is none to be made, or none before Connect
 * was asked: where ages add up, nothing is added to one that may have been sent already.
 */
export function callFor(record: ContactRecord, ageAdjustment: AgeAdjustment): MadeCall | undefined {
  const work = workOf(record);
  if (work?.kind !== 'changes' || !record.decision) return undefined;
  const { stay, inForce, beforeOverride, doubtful } = work.dealings;
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
    before: {
      inForce,
      ...(beforeOverride === undefined ? {} : { beforeOverride }),
      ...(doubtful === undefined ? {} : { doubtful }),
    },
  };
}
