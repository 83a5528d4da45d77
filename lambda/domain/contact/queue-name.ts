import { isOfAgent, isOneQueue, latestVisit } from './facts.ts';
import type { ContactRecord } from './record.ts';

type NameHolder = Pick<ContactRecord, 'facts' | 'queueName'>;

/** Whether it is known how the queue of the contact is called. An agent's own queue is known to have no name. */
export function queueNameIsKnown({ facts, queueName }: NameHolder): boolean {
  const queue = latestVisit(facts);
  if (!queue || queue.type === 'AGENT' || isOfAgent(queue.arn)) return true;
  return queueName !== undefined && isOneQueue(queueName.queueArn, queue.arn);
}

/** The name of the contact's queue; undefined where it is not known, or the queue has none. */
export function queueNameOf({ facts, queueName }: NameHolder): string | undefined {
  const queue = latestVisit(facts);
  return queue && queueName && isOneQueue(queueName.queueArn, queue.arn) ? queueName.value : undefined;
}
