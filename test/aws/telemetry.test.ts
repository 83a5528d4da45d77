import { afterEach, expect, jest, test } from '@jest/globals';
import { PowertoolsTelemetry } from '../../lambda/aws/telemetry.ts';
import { MalformedEventError } from '../../lambda/domain/contact/parse-event.ts';
import { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import { VERSION } from '../../lambda/domain/version.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** The lines that a report logs as errors. */
function logged(telemetry: PowertoolsTelemetry, report: () => void): unknown[][] {
  const error = jest.spyOn(telemetry.logger, 'error').mockImplementation(() => {});
  report();
  return error.mock.calls;
}

test('every log line has the version', () => {
  expect(new PowertoolsTelemetry().logger.getPersistentLogAttributes()).toEqual({ version: VERSION });
});

test('8,193 problems of one message are one short log line that says how many there are', () => {
  const telemetry = new PowertoolsTelemetry();
  const problems = Array.from({ length: 8_193 }, (_, index) => ({
    code: 'unknown-key',
    path: ['k'.repeat(1_000), index],
    message: 'It is not known.',
  }));
  const lines = logged(telemetry, () =>
    telemetry.malformedMessage('m-1', new MalformedMessageError(problems)),
  );
  expect(lines).toEqual([[expect.any(String), expect.objectContaining({ problemCount: 8_193 })]]);
  expect(JSON.stringify(lines).length).toBeLessThan(10_000);
});

test.each<[string, unknown, string]>([
  ['a long text', 'e'.repeat(200_000), 'e'.repeat(128)],
  ['an id', 'e-1', 'e-1'],
  ['lists in each other', JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)), 'unknown'],
])('a malformed event whose id is %s is logged', (_name, id, eventId) => {
  const telemetry = new PowertoolsTelemetry();
  const lines = logged(telemetry, () => telemetry.malformedEvent(id, new MalformedEventError('No.')));
  expect(lines).toEqual([[expect.any(String), { eventId, reason: 'No.' }]]);
});
