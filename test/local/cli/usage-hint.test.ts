import { expect, test } from '@jest/globals';
import { createProgram } from '../../../cli/program.ts';
import { consoleHint } from '../../../local/cli/usage-hint.ts';

test('the hint of the console has a command that exists, and all that it needs to find the endpoint', () => {
  const hint = consoleHint({ url: 'http://127.0.0.1:4600' });
  const [, assignments = '', name] = /^ {2}((?:\w+=\S+ )+)npx escalator (\w+)$/m.exec(hint) ?? [];
  expect(
    Object.fromEntries(
      assignments
        .trim()
        .split(' ')
        .map((one) => one.split('=')),
    ),
  ).toMatchObject({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4600',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  const { commands } = createProgram({ io: {} as never, setExitCode() {} });
  expect(commands.map((command) => command.name())).toContain(name);
});
