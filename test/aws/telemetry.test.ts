import { expect, jest, test } from '@jest/globals';
import { PowertoolsTelemetry } from '../../lambda/aws/telemetry.ts';
import { VERSION } from '../../lambda/domain/version.ts';

test.each(['ERROR', 'SILENT'])(
  'what operators order and who changes parameters is logged with its version, also where the functions log the level %s',
  (level) => {
    const before = process.env.POWERTOOLS_LOG_LEVEL;
    process.env.POWERTOOLS_LOG_LEVEL = level;
    const telemetry = new PowertoolsTelemetry();
    if (before === undefined) delete process.env.POWERTOOLS_LOG_LEVEL;
    else process.env.POWERTOOLS_LOG_LEVEL = before;
    const lines: string[] = [];
    for (const logger of [telemetry.logger, telemetry.audit]) {
      const { console } = logger as unknown as { console: Console };
      jest.spyOn(console, 'info').mockImplementation((line: string) => void lines.push(line));
    }
    telemetry.contactLeft({ contactId: 'c', instanceId: 'i', queueId: 'q', waitedMs: 1, how: 'answered' });
    telemetry.ordered({ order: 'reevaluate', sender: 'AROA:ann', messageId: 'm', sentAt: 't' });
    telemetry.configured({ parameter: 'pause', change: 'deleted', parameterVersion: 1 });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'INFO', message: 'order', sender: 'AROA:ann', version: VERSION },
      { level: 'INFO', message: 'configured', parameter: 'pause', version: VERSION },
    ]);
    jest.restoreAllMocks();
  },
);

test('every log line has the version', () => {
  expect(new PowertoolsTelemetry().logger.getPersistentLogAttributes()).toEqual({ version: VERSION });
});
