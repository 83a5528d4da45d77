import { arnId } from '../arn.ts';
import { defined } from '../json.ts';
import type { ContactView } from '../policy/contact-view.ts';
import { attributesAreKnown } from './attributes.ts';
import { latestVisit } from './facts.ts';
import { queueNameOf } from './queue-name.ts';
import type { ContactRecord } from './record.ts';
import { activeSignals } from './signals.ts';

/** The view of a contact at a moment. The moment matters only for signals that expire. */
export function contactView(record: ContactRecord, now: number): ContactView {
  const { facts, chain, attributes } = record;
  const queue = latestVisit(facts);
  return defined({
    instanceId: record.instanceId,
    contactId: record.contactId,
    // A contact that came from no other is its own first one.
    initialContactId:
      facts?.initialContactId ?? chain?.initialContactId ?? chain?.previousContactId ?? record.contactId,
    previousContactId: facts?.previousContactId,
    channel: facts?.channel,
    initiationMethod: facts?.initiationMethod,
    queue:
      queue &&
      defined({
        id: arnId(queue.arn, 'queue'),
        arn: queue.arn,
        name: queueNameOf(record),
        type: queue.type,
      }),
    tags: facts?.tags?.value,
    segmentAttributes: facts?.segmentAttributes?.value,
    attributes: attributesAreKnown(record) ? attributes?.values : undefined,
    signals: activeSignals(record, now),
    transfers: chain?.transfers ?? 0,
    recentContacts: record.recentContacts,
  });
}
