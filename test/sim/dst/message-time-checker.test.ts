import { expect, test } from '@jest/globals';
import { type ContactRecord, emptyRecord } from '../../../lambda/domain/contact/record.ts';
import { MessageTimeChecker } from '../../../sim/dst/message-time-checker.ts';

const QUEUE = 'arn:aws:connect:eu-central-1:1:instance/i-1/queue/q';

test.each<[string, Partial<ContactRecord>, string[]]>([
  ['a signal', { signals: { vip: { at: 7 } } }, ['the signal vip of c-1']],
  [
    'a signal of its queue',
    { queueSignals: { storm: { at: 7, queueArn: QUEUE } } },
    ['the signal storm of c-1'],
  ],
  ['an override', { override: { at: 7 } }, ['the override of c-1']],
])('%s counts from when it was sent', (_case, part, whats) => {
  const violations: string[] = [];
  const checker = new MessageTimeChecker((message) => violations.push(message));
  const record = { ...emptyRecord({ instanceId: 'i-1', contactId: 'c-1' }), ...part };
  checker.onSent(5);
  checker.onSave(record);
  expect(violations).toStrictEqual(whats.map((what) => `${what} counts from 7, when nothing was sent`));
  checker.onSent(7);
  checker.onSave(record);
  expect(violations).toHaveLength(whats.length);
});
