import { expect, test } from '@jest/globals';
import { PowertoolsTelemetry } from '../../lambda/aws/telemetry.ts';
import { VERSION } from '../../lambda/domain/version.ts';

test('every log line has the version', () => {
  expect(new PowertoolsTelemetry().logger.getPersistentLogAttributes()).toEqual({ version: VERSION });
});
