import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cli, directoryWith } from '../support/run-cli.ts';

const FINE = 'mode: observe\nsteps: [{ after: 0s, set: { priority: 1 } }]\n';
const WRONG = `description: two mistakes
steps:
  - after: 0s
    sett: { priority: 1 }
`;

let files: ReturnType<typeof directoryWith>;
beforeAll(() => {
  files = directoryWith({
    'good/fine.yaml': FINE,
    'good/also.json': '{"match":{"channel":["TASK"]},"steps":[{"after":"1m","set":{"age":"30s"}}]}',
    'good/settings.yml': 'updateRate: 10\nupdateShare: 0.5\n',
    'good/notes.txt': 'not read',
    'bad/wrong.yaml': WRONG,
    'bad/settings.yaml': 'updateRat: 10\n',
    'tabs/tabs.yaml': 'match:\n\tx: 1\n',
    'twice/one.json': '{"steps":[{"after":"1m","set":{"age":"30s"}}]}',
    'twice/one.yaml': FINE,
    'large/large.yaml': `${FINE}# ${'é'.repeat(4_100)}\n`,
    'name/Gold.yaml': FINE,
    'empty/notes.txt': '',
  });
});
afterAll(() => files.remove());
const check = (...args: string[]) => cli(['check', ...args], { cwd: files.path });

describe('escalator check', () => {
  test('reads a file that is named twice once', async () => {
    const { code, err } = await check('good', 'good/fine.yaml', './good/fine.yaml');
    expect(code).toBe(0);
    expect(err).toMatch(/ in (?:\d of )?3 files\.\n$/);
  });

  test('valid policies and settings have one line on stderr', async () => {
    expect(await check('good')).toEqual({
      code: 0,
      out: '',
      err: 'Not read: good/notes.txt.\nNo problems in 3 files.\n',
    });
  });

  test('every problem is reported with its line and column, as by a compiler', async () => {
    expect(await check('bad')).toEqual({
      code: 1,
      out: `bad/settings.yaml:1:1: error unknown-key: "updateRat" is not a known key; expected one of updateRate, updateBurst, updateShare, describeRate, describeBurst, checkBeforeFirstChange, routingLag, ageAdjustment, instances, pause, testContacts, adopt, horizon, agents, events. Did you mean "updateRate"?
 1 | updateRat: 10
   | ^
bad/wrong.yaml:3:5: error sets-nothing: This step sets nothing; expected set, such as "set: { priority: 2 }".
 3 |   - after: 0s
   |     ^
bad/wrong.yaml:4:5: error unknown-key: "sett" is not a known key; expected one of after, by, from, every, when, set, ramp. Did you mean "set"?
 4 |     sett: { priority: 1 }
   |     ^
`,
      err: '3 problems in 2 of 2 files.\n',
    });
  });

  test('a source line that is longer than the terminal line is omitted', async () => {
    const { out } = await cli(['check', 'bad/wrong.yaml'], { cwd: files.path, columns: 28 });
    expect(out.split('\n').map((line) => line.slice(0, 30))).toEqual([
      'bad/wrong.yaml:3:5: error sets',
      ' 3 |   - after: 0s',
      '   |     ^',
      'bad/wrong.yaml:4:5: error unkn',
      '',
    ]);
  });

  test.each([
    {
      path: 'twice',
      code: 'name-twice',
      text: 'twice/one.json also has the name "one"; expected unique names. Rename one of the files.',
    },
    {
      path: 'large',
      code: 'too-large',
      text: 'This has 8262 bytes; expected at most 8192, the limit of an SSM parameter. Split the policy into two with different matches, or shorten its comments.',
    },
    {
      path: 'name',
      code: 'policy-name',
      text: 'The policy\'s name is "Gold"; expected lower-case letters, digits and hyphens. Rename it to "gold".',
    },
  ])('$code is a problem', async ({ path, code, text }) => {
    const { code: exitCode, out } = await check(path);
    expect({ exitCode, line: out.split('\n')[0] }).toEqual({
      exitCode: 1,
      line: expect.stringMatching(new RegExp(`:1:1: error ${code}: `)),
    });
    expect(out).toContain(text);
  });

  test('--json prints one document', async () => {
    const { code, out } = await check('bad/wrong.yaml', '--json');
    expect({ code, document: JSON.parse(out) }).toEqual({
      code: 1,
      document: {
        files: 1,
        findings: [
          {
            file: 'bad/wrong.yaml',
            severity: 'error',
            code: 'sets-nothing',
            path: 'steps[0]',
            line: 3,
            column: 5,
            message: 'This step sets nothing; expected set, such as "set: { priority: 2 }".',
            found: { after: '0s', sett: { priority: 1 } },
            allowed: 'set',
          },
          {
            file: 'bad/wrong.yaml',
            severity: 'error',
            code: 'unknown-key',
            path: 'steps[0].sett',
            line: 4,
            column: 5,
            message: expect.stringContaining('Did you mean "set"?'),
            found: 'sett',
            allowed: 'after, by, from, every, when, set, ramp',
          },
        ],
      },
    });
  });

  test.each([
    {
      path: '-',
      err: 'escalator: - (stdin) is not read here: expected the path of a file or directory.\n',
    },
    {
      path: 'a'.repeat(300),
      err: `escalator: ${'a'.repeat(300)} is too long for the path of a file.\n`,
    },
    { path: 'nowhere', err: 'escalator: nowhere does not exist.\n' },
    {
      path: 'empty',
      err: 'Not read: empty/notes.txt.\nescalator: empty has no policy: expected files ending in .yaml, .yml or .json.\n',
    },
    {
      path: 'good/notes.txt',
      err: 'escalator: good/notes.txt is not a policy: expected a file ending in .yaml, .yml or .json.\n',
    },
  ])('$path is a usage error', async ({ path, err }) => {
    expect(await check(path)).toEqual({ code: 2, out: '', err });
  });

  test('--arrivals reports the load on the quota of this system', async () => {
    const { code, out } = await check('good', '--arrivals', '30/m');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining(`Load at 0.5 contacts/s, if each contact waits through all steps (quota of this system: 5 calls/s):
  policy  calls per contact  calls/s  quota share
  also                    1      0.5         10 %
  fine                    0        0          0 %
One policy governs a contact at a time, so the load is at most 0.5 calls/s, 10 % of the quota.
`),
    });
  });
});

describe('warnings', () => {
  let odd: ReturnType<typeof directoryWith>;
  beforeAll(() => {
    odd = directoryWith({
      'a.yaml': '# first\nmode: enforce\nsteps:\n  - by: 10s\n    set: { priority: 1 }\n',
      'b.yaml': 'mode: observe\nsteps: [{ after: 0s, set: { priority: 1 } }]\n',
    });
  });
  afterAll(() => odd.remove());

  test('are reported with their line and column, and change the exit code only with --strict', async () => {
    const lenient = await cli(['check', '.'], { cwd: odd.path });
    expect(lenient).toEqual({
      code: 0,
      out: `a.yaml:4:9: warning sooner-than-lag: It cannot take effect by 10 s: a change takes about 60 s to show in a queue. The change is sent at once.
 4 |   - by: 10s
   |         ^
b.yaml:1:1: warning never-governs: It never governs: a is evaluated first (precedence 100) and governs every contact. Give this policy a precedence below 100, or narrow the match of a.
`,
      err: '2 warnings in 2 of 2 files.\n',
    });
    expect(await cli(['check', '.', '--strict'], { cwd: odd.path })).toEqual({ ...lenient, code: 1 });
  });

  test('are reported for the valid parts of a policy that has problems', async () => {
    const partlyValid = directoryWith({
      'half.yaml': `precedance: 1
match: { chanel: [VOICE], channel: [PHONE] }
steps:
  - by: 10s
    set: { priority: 7 }
  - after: 1m
    when: { channel: [chat] }
    sett: { priority: 1 }
  - after: 2m
    set: { priority: 6 }
`,
      'off.yaml': 'mode: off\nstps: []\nmatch: { chanel: [VOICE] }\n',
      'empty.yaml': '',
      'odd.yaml': 'steps: 3\nmatch: [1]\nallowLower: maybe\n',
    });
    const { out } = await cli(['check', '.', '--json'], { cwd: partlyValid.path });
    partlyValid.remove();
    const findings: { file: string; line: number; code: string }[] = JSON.parse(out).findings;
    expect(findings.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
      'empty.yaml:1 wrong-type',
      'half.yaml:1 unknown-key',
      'half.yaml:2 unknown-field',
      'half.yaml:2 unknown-value',
      'half.yaml:4 changes-nothing',
      'half.yaml:4 sooner-than-lag',
      'half.yaml:6 sets-nothing',
      'half.yaml:7 unknown-value',
      'half.yaml:8 unknown-key',
      'odd.yaml:1 wrong-type',
      'odd.yaml:2 not-an-object',
      'odd.yaml:3 wrong-type',
      'off.yaml:1 missing',
      'off.yaml:2 unknown-key',
    ]);
  });

  test('are reported for policies that exceed the quota at an arrival rate', async () => {
    const { out } = await cli(['check', 'policies/gold-callers.yaml', '--arrivals', '10/s']);
    expect(out).toMatch(/^policies\/gold-callers\.yaml:1:1: warning over-quota: /m);
  });
});
