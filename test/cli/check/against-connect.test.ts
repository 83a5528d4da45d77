import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { agentsOfLists, type Name, referencesOf } from '../../../cli/connect-names/references.ts';
import { repeatedQueues } from '../../../cli/connect-names/repeated-queues.ts';
import { unknownName } from '../../../cli/connect-names/unknown-names.ts';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { context, policy } from '../../support/contacts.ts';
import { ANN, NOW, startDeployedSystem } from '../doctor/deployed-system.ts';
import { type CliInput, cli, directoryWith } from '../support/run-cli.ts';

const INSTANCE_ID = '11111111-2222-3333-4444-555555555555';
const BEN = '66666666-7777-8888-9999-000000000000';

let system: Awaited<ReturnType<typeof startDeployedSystem>>;
let files: ReturnType<typeof directoryWith>;
beforeAll(async () => {
  system = await startDeployedSystem();
  files = directoryWith({
    'known/a.yaml': `accept: { invented-agent: It is the agent of the test. }
match: { queue: { id: [billing] } }
steps: [{ after: 1m, set: { route: ["agents ${ANN} for 1m", "Language:English >= 1 for 1m"] } }]
`,
    'unknown/a.yaml': `match: { queue: { id: [biling] } }
steps:
  - after: 1m
    set:
      route:
        - "agents ${BEN} for 1m"
        - "Language:Englsh >= 1 for 1m"
        - "Langage:English >= 1"
`,
    'lists/a.yaml': `match: { signals: [busy], queue.name: [biling] }
steps: [{ after: 1m, set: { route: ["agents @team for 1m"] } }]
`,
    'lists/settings.yaml': `agents:
  team:
    - ${ANN}
    - ${BEN}
`,
    'lists/conditions/busy.yaml': `queues: [billing, Biling, "arn:aws:connect:eu-central-1:123456789012:instance/i/queue/x"]
when: { waiting: [{ numeric: [">", 50] }] }
`,
    'twice/a.yaml': 'match: { signals: [busy] }\ntarget: 5m\n',
    'twice/conditions/busy.yaml': 'queues: [sales, Sales]\nwhen: { waiting: [5] }\n',
    'unknown/settings.yaml': `instances: [${INSTANCE_ID}, other]\n`,
  });
});
afterAll(async () => {
  files.remove();
  await system.stop();
});
afterEach(() => {
  system.state.intercept = () => undefined;
});
const check = (args: readonly string[], input: CliInput = {}) =>
  cli(['check', ...args, ...system.where], { cwd: files.path, now: NOW, ...input });

describe('check --against-connect', () => {
  test('says nothing of names that Connect knows', async () => {
    expect(await check(['known', '--against-connect', '--strict'])).toEqual({
      code: 0,
      out: '',
      err: 'No problems in 1 file.\n',
    });
  });

  test('warns of each name that Connect does not know, with its place and what was meant', async () => {
    const { code, out } = await check(['unknown', '--against-connect', '--json']);
    expect(code).toBe(0);
    const advice = 'Correct the policy, or create it in Connect: until then the policy has no effect there.';
    const { findings } = JSON.parse(out);
    expect(
      findings
        .filter(({ code: one }: { code: string }) => one === 'unknown-in-connect')
        .map(({ file, line, path, severity, message }: Record<string, unknown>) => [
          file,
          line,
          path,
          severity,
          message,
        ]),
    ).toEqual([
      [
        'unknown/a.yaml',
        1,
        'match.queue.id[0]',
        'warning',
        expect.stringMatching(/^Connect does not know the queue biling\./),
      ],
      [
        'unknown/a.yaml',
        6,
        'steps[0].set.route[0]',
        'warning',
        `Connect does not know the agent ${BEN}. ${advice}`,
      ],
      [
        'unknown/a.yaml',
        7,
        'steps[0].set.route[1]',
        'warning',
        `Connect does not know the value Englsh of the attribute Language. Did you mean English? ${advice}`,
      ],
      [
        'unknown/a.yaml',
        8,
        'steps[0].set.route[2]',
        'warning',
        `Connect does not know the attribute Langage. Did you mean Language? ${advice}`,
      ],
      [
        'unknown/settings.yaml',
        1,
        'instances[1]',
        'warning',
        `Found "other", an instance that is not served; expected one of ${INSTANCE_ID}.`,
      ],
    ]);
    expect((await check(['unknown', '--against-connect', '--strict'])).code).toBe(1);
    // Without the option nobody is asked.
    expect((await check(['unknown'])).out).not.toContain('unknown-in-connect');
  });

  test('points to the list that names an agent, and to the queues of conditions', async () => {
    const { out } = await check(['lists', '--against-connect', '--json']);
    const { findings } = JSON.parse(out);
    const unknown = findings.filter(({ code }: { code: string }) => code === 'unknown-in-connect');
    expect(
      unknown.map(({ file, line, path, message }: Record<string, unknown>) => [file, line, path, message]),
    ).toEqual([
      [
        'lists/conditions/busy.yaml',
        1,
        'queues[1]',
        expect.stringMatching(
          /queue of the name Biling\..*Correct the condition, .* the condition never holds there/,
        ),
      ],
      ['lists/conditions/busy.yaml', 1, 'queues[2]', expect.stringContaining('does not know the queue x.')],
      [
        'lists/a.yaml',
        1,
        'match.queue.name[0]',
        expect.stringContaining('Connect does not know a queue of the name biling. Did you mean '),
      ],
      [
        'lists/settings.yaml',
        4,
        'agents.team[1]',
        `Connect does not know the agent ${BEN}. Correct the list, or create it in Connect: until then no route that ` +
          'names the list finds it.',
      ],
    ]);
  });

  test('asks slowly, and again while it is throttled', async () => {
    let throttled = 0;
    system.state.intercept = (service) => {
      if (service !== 'connect' || throttled >= 4) return undefined;
      throttled += 1;
      return new AwsError('TooManyRequestsException', 'Slow down.', 429);
    };
    const waits: number[] = [];
    const { code, err } = await check(['known', '--against-connect'], { onSleep: (ms) => waits.push(ms) });
    expect({ code, err }).toEqual({ code: 0, err: 'No problems in 1 file.\n' });
    expect(throttled).toBe(4);
    // One wait after the SDK gave up, then one before each further request.
    expect(waits).toEqual([1_000, 550, 550, 550]);
  });

  test.each([
    [['--prefix', '/elsewhere'], 2, 'No deployment says which instances to ask: pass --instance-id'],
    [
      ['--prefix', '/elsewhere', '--instance-id', 'nowhere'],
      3,
      'ResourceNotFoundException: There is no instance nowhere. Check --instance-id and the Region.',
    ],
    [['--prefix', '/elsewhere', '--instance-id', INSTANCE_ID], 0, 'No problems in 1 file.'],
  ])('with %j the exit code is %d', async (args, code, message) => {
    const result = await check(['known', '--against-connect', ...args]);
    expect(result).toMatchObject({ code, err: expect.stringContaining(message) });
  });

  test('--instance-id alone is a usage error', async () => {
    const { code, err } = await check(['known', '--instance-id', INSTANCE_ID]);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'escalator: --instance-id belongs to --against-connect.\n',
    });
  });
});

describe('queues that stand twice in a condition', () => {
  const queues = new Map([
    ['q-1', 'Billing'],
    ['q-2', ''],
  ]);
  const name = (text: string): Name => ({ kind: 'queue-name-or-id', text });

  test.each<[names: Name[], found: number[]]>([
    [[name('Billing'), name('q-1')], [1]],
    [[{ kind: 'queue', id: 'q-1' }, name('q-2'), name('Billing')], [2]],
    // Without Connect it is known that these are one.
    [[{ kind: 'queue', id: 'q-1' }, name('q-1')], []],
    [[name('Billing'), name('q-2'), name('billing'), name('other')], []],
  ])('%j', (names, found) => {
    const references = names.map((one, index) => ({ name: one, path: ['queues', index] }));
    const expected = found.map((index) => ({
      path: ['queues', index],
      message:
        'Billing is the name of the queue q-1, so it stands in this list twice. Remove one, or correct it.',
    }));
    expect(repeatedQueues(references, { queues })).toEqual(expected);
  });

  test('are warned of where they stand', async () => {
    const { out } = await check(['twice', '--against-connect']);
    expect(out).toContain(
      'twice/conditions/busy.yaml:1:17: warning repeated-value: Sales is the name of the queue',
    );
  });
});

describe('a name', () => {
  const directory = {
    queues: new Map([
      ['q-1', 'Billing'],
      ['q-2', ''],
    ]),
    agents: new Map([[ANN, 'ann']]),
    attributes: new Map([
      ['Language', new Set(['English', 'French'])],
      ['Skill', new Set<string>()],
    ]),
  };

  test.each<[name: Name, message: string | undefined]>([
    [{ kind: 'queue', id: 'q-1' }, undefined],
    [
      { kind: 'queue', id: 'Biling' },
      'Connect does not know the queue Biling. Did you mean q-1, the id of the queue Billing?',
    ],
    [{ kind: 'queue', id: 'elsewhere' }, 'Connect does not know the queue elsewhere.'],
    [{ kind: 'queue-name', name: 'Billing' }, undefined],
    [
      { kind: 'queue-name', name: 'billing' },
      'Connect does not know a queue of the name billing. Did you mean Billing?',
    ],
    [{ kind: 'queue-name', name: '' }, 'Connect does not know a queue of the name .'],
    [{ kind: 'queue-name-or-id', text: 'q-2' }, undefined],
    [{ kind: 'queue-name-or-id', text: 'Billing' }, undefined],
    [
      { kind: 'queue-name-or-id', text: 'Biling' },
      'Connect does not know a queue of the name Biling. Did you mean Billing?',
    ],
    [{ kind: 'agent', id: ANN }, undefined],
    [{ kind: 'attribute', name: 'Language', value: 'French' }, undefined],
    [
      { kind: 'attribute', name: 'Language', value: 'french' },
      'Connect does not know the value french of the attribute Language. Did you mean French?',
    ],
    [{ kind: 'attribute', name: 'toString', value: 'x' }, 'Connect does not know the attribute toString.'],
  ])('%j', (name, message) => {
    expect(unknownName(name, directory)).toBe(message);
  });
});

test('names are found in patterns, their branches and both forms of routes, each with its place', () => {
  const Expression = {
    OrExpression: [
      {
        AndExpression: [
          condition('A', 'x'),
          { NotAttributeCondition: condition('B', 'y').AttributeCondition },
        ],
      },
      condition('C', 'z'),
    ],
  };
  const source = {
    match: {
      $or: [
        { queue: { arn: ['arn:aws:connect:r:1:instance/i/queue/q-9', { prefix: 'arn' }] } },
        { queue: { name: ['N'] } },
      ],
    },
    steps: [
      { after: '1s', when: { queue: { id: ['q-8'] } }, set: { priority: 2 } },
      { after: '2s', set: { routingCriteria: { Steps: [{ Expression }] } } },
    ],
  };
  expect(
    referencesOf(source, policy('p', source)).map(({ name, path }) => [
      Object.values(name).join(' '),
      path.join('.'),
    ]),
  ).toEqual([
    ['queue q-9', 'match.$or.0.queue.arn.0'],
    ['queue-name N', 'match.$or.1.queue.name.0'],
    ['queue q-8', 'steps.0.when.queue.id.0'],
    ...['attribute A x', 'attribute B y', 'attribute C z'].map((name) => [
      name,
      'steps.1.set.routingCriteria.Steps.0',
    ]),
  ]);
});

test('an agent of a list is named there alone, and a value of the contact nowhere', () => {
  const source = {
    steps: [{ after: '1s', set: { route: [`agents @team, ${BEN} for 9s`, 'agents {tags.agentId} for 9s'] } }],
  };
  const { policies } = context({ p: source }, { agents: { team: [ANN] } });
  const [parsed] = policies.policies;
  expect(referencesOf(source, parsed)).toEqual([
    { name: { kind: 'agent', id: BEN }, path: ['steps', 0, 'set', 'route', 0] },
  ]);
  expect(agentsOfLists({ agents: { team: [ANN], none: 'text' } })).toEqual([
    { name: { kind: 'agent', id: ANN }, path: ['agents', 'team', 0] },
  ]);
});

function condition(Name: string, Value: string) {
  return {
    AttributeCondition: {
      Name,
      Value,
      ComparisonOperator: 'NumberGreaterOrEqualTo' as const,
      ProficiencyLevel: 1,
    },
  };
}
