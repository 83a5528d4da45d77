import { describe, expect, test } from '@jest/globals';
import { VERSION } from '../../lambda/domain/version.ts';
import { cli } from './support/run-cli.ts';

describe('the command line', () => {
  test.each([
    { args: [], code: 2, err: /^Usage: escalator/ },
    { args: ['chek'], code: 2, err: /^error: unknown command 'chek'\nDid you mean check\?\n$/ },
    {
      args: ['check', '--jsn', 'x'],
      code: 2,
      err: /^error: unknown option '--jsn'\nDid you mean --json\?\n$/,
    },
    {
      args: ['check'],
      code: 2,
      err: /^error: missing required argument 'path'\nUsage: escalator check \[options\] <path\.\.\.>\n$/,
    },
    {
      args: ['resume', 'x'],
      code: 2,
      err: /but got 1: x\.\nUsage: escalator resume \[options\]\n$/,
    },
    {
      args: ['check', 'p', '--arrivals', '5'],
      code: 2,
      err: /Expected a rate such as 0\.5\/s, 30\/m or 900\/h\.\n$/,
    },
    { args: ['check', 'p', '--arrivals', '0/s'], code: 2, err: /Expected a rate/ },
    {
      args: ['explain', '--contact-file', 'c', '--at', 'soon'],
      code: 2,
      err: /Expected a wait such as 3m, or a time/,
    },
    {
      args: ['rollback', 'p', '--to', 'x'],
      code: 2,
      err: /Expected a whole number that is at least 1\.\n$/,
    },
    { args: ['redrive', '--max', '0'], code: 2, err: /Expected a whole number that is at least 1\.\n$/ },
    { args: ['adopt', '--days', '731'], code: 2, err: /Expected a whole number from 1 to 730\.\n$/ },
    { args: ['redrive', 'Dlq'], code: 2, err: /Allowed choices are ContactEventsDlq, RuleMessagesDlq, / },
    { args: ['send'], code: 2, err: /^Usage: escalator send/ },
    {
      args: ['send', 'override'],
      code: 2,
      err: /^error: required option '--contact-id <id>' not specified\n$/,
    },
  ])('escalator $args is a usage error', async ({ args, code, err }) => {
    expect(await cli(args)).toEqual({ code, out: '', err: expect.stringMatching(err) });
  });

  test('--version prints the version of this project', async () => {
    expect(await cli(['--version'])).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
  });

  test.each([
    [],
    ['check'],
    ['test-pattern'],
    ['explain'],
    ['simulate'],
    ['replay'],
    ['calibrate'],
    ['backtest'],
    ['plan'],
    ['push'],
    ['pull'],
    ['diff'],
    ['rollback'],
    ['pause'],
    ['resume'],
    ['send', 'signal'],
    ['send', 'override'],
    ['send', 'release'],
    ['send', 'reevaluate'],
    ['redrive'],
    ['adopt'],
    ['completion'],
  ])('help for %s goes to stdout', async (...command) => {
    const { code, out, err } = await cli([...command, '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`^Usage: escalator ${command.join(' ')}`));
    expect(out).toMatch(
      command.length === 0
        ? /Exit codes: 0 success; 1 problems, differences or dead letters that remain; 2 usage error; 3 AWS error/
        : /\nExamples?:\n {2}\S/,
    );
  });
});
