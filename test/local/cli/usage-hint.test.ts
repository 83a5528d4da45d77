import { expect, test } from '@jest/globals';
import { createProgram } from '../../../cli/program.ts';
import { usageHint } from '../../../local/cli/usage-hint.ts';

test('the hint has commands that exist, and all that they need to find the endpoint', () => {
  const url = 'http://127.0.0.1:4600';
  const hint = usageHint({ url, queues: { operatorMessages: { url: `${url}/1/operator` } } }, '/prefix');
  const [, assignments = ''] = /^ {2}export (.*)$/m.exec(hint) ?? [];
  expect(Object.fromEntries(assignments.split(' ').map((one) => one.split('=')))).toMatchObject({
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  const { commands } = createProgram({ io: {} as never, setExitCode() {} });
  const named = [...hint.matchAll(/npx escalator (\w+)/g)].map(([, name]) => name);
  expect(named).not.toEqual([]);
  expect(commands.map((command) => command.name())).toEqual(expect.arrayContaining(named));
});
