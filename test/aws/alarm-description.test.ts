import { expect, test } from '@jest/globals';
import { formatAlarmDescription, parseAlarmDescription } from '../../lambda/aws/alarm-description.ts';

const MEANING = 'Callers are affected: nothing is sent. What to do: see below.';
const RUNBOOK = 'https://example.com/runbook.md#dispatch-is-stuck';

test('the description of an alarm says what it means, and where to read what to do', () => {
  expect(formatAlarmDescription({ meaning: 'Look today.', runbookUrl: RUNBOOK })).toBe(
    `Look today. What to do: ${RUNBOOK}`,
  );
});

test('what was written is read back', () => {
  const description = { meaning: MEANING, runbookUrl: RUNBOOK };
  expect(parseAlarmDescription(formatAlarmDescription(description))).toStrictEqual(description);
});

test.each([
  '',
  'Too many errors.',
  'Look there: https://example.com/runbook.md',
  RUNBOOK,
  'Errors. What to do: call somebody',
  `x What to do: ${RUNBOOK} now`,
])('a description that somebody else wrote is its meaning: %j', (text) => {
  expect(parseAlarmDescription(text)).toStrictEqual({ meaning: text });
});
