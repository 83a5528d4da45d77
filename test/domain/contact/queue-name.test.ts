import { expect, test } from '@jest/globals';
import { queueNameIsKnown, queueNameOf } from '../../../lambda/domain/contact/queue-name.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const inQueue = (arn: string, type?: string) =>
  queuedContact({ queue: { arn, enqueuedAt: T0, ...(type && { type }) } });
const OF_AGENT = QUEUE_ARN.replace('/queue/', '/queue/agent/');
const nameOf = (queueArn: string, value?: string): Pick<ContactRecord, 'queueName'> => ({
  queueName: { queueArn, ...(value && { value }) },
});

test.each<[string, Pick<ContactRecord, 'facts' | 'queueName'>, isKnown: boolean, name: string | undefined]>([
  ['of a contact of which nothing is known', {}, true, undefined],
  ['of a contact without a queue', { ...nameOf(QUEUE_ARN, 'Billing') }, true, undefined],
  ['that nobody asked for', inQueue(QUEUE_ARN), false, undefined],
  ['that was answered', { ...inQueue(QUEUE_ARN), ...nameOf(QUEUE_ARN, 'Billing') }, true, 'Billing'],
  ['of a queue that has none', { ...inQueue(QUEUE_ARN), ...nameOf(QUEUE_ARN) }, true, undefined],
  ['of another queue', { ...inQueue(QUEUE_ARN), ...nameOf(`${QUEUE_ARN}2`, 'Billing') }, false, undefined],
  ['of an agent’s own queue, by its type', inQueue(QUEUE_ARN, 'AGENT'), true, undefined],
  ['of an agent’s own queue, by its ARN', inQueue(OF_AGENT), true, undefined],
])('the name of a queue %s', (_name, record, isKnown, name) => {
  expect([queueNameIsKnown(record), queueNameOf(record)]).toEqual([isKnown, name]);
});
