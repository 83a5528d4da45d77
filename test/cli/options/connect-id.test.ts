import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError } from 'commander';
import { parseContactId, parseInstanceId, parseInstanceIds } from '../../../cli/options/connect-id.ts';
import { createProgram } from '../../../cli/program.ts';

const ID = '11111111-2222-3333-4444-5555555555aa';
const ARN = `arn:aws:connect:eu-central-1:123456789012:instance/${ID}`;

test.each([
  ID,
  ` ${ID.toUpperCase()}\n`,
  ARN,
  `${ARN}/contact/x`,
  `arn:aws:connect:eu:1:instance/${ID.toUpperCase()}`,
])('the id of an instance is read from %j', (text) => {
  expect(parseInstanceId(text)).toBe(ID);
});

test('an instance counts once, by its id or its ARN', () => {
  expect(
    [ARN, ID, 'other'].reduce<readonly string[]>((all, text) => parseInstanceIds(text, all), []),
  ).toEqual([ID, 'other']);
});

test.each(['', ' ', '$INSTANCE', '{id}', 'my instance', 'arn:aws:sqs:eu-central-1:123456789012:x'])(
  '%j is refused',
  (text) => {
    expect(() => parseInstanceId(text)).toThrow(
      new InvalidArgumentError('Expected the id or the ARN of a Connect instance.'),
    );
    expect(() => parseContactId(text)).toThrow(
      new InvalidArgumentError('Expected the id or the ARN of a contact.'),
    );
  },
);

test('the ARN of an instance is no contact', () => {
  expect(() => parseContactId(ARN)).toThrow('Expected the id or the ARN of a contact.');
  expect(parseContactId(`${ARN}/contact/c`)).toBe(`${ARN}/contact/c`);
});

describe('every option --instance-id', () => {
  const { commands } = createProgram({ io: {} as never, setExitCode() {} });
  const options = [...commands, ...commands.flatMap((command) => command.commands)].flatMap((command) =>
    command.options
      .filter(({ long }) => long === '--instance-id')
      .map((option) => ({ command: command.name(), option })),
  );

  test.each(options)('of $command takes an ARN', ({ option }) => {
    expect([option.parseArg?.(ARN, undefined)].flat()).toEqual([ID]);
  });

  test('is of several commands', () => {
    expect(options.map(({ command }) => command)).toEqual([
      ...['check', 'explain', 'replay', 'calibrate', 'backtest', 'adopt', 'signal', 'override', 'release'],
    ]);
  });
});
