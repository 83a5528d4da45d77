import { describe, expect, test } from '@jest/globals';
import { agent, at, call, centreWith, secondsOf } from './fixture.ts';
import { arrive, type CentreScript, runScript } from './script.ts';

const shift = (from: number, to: number) => ({ from: at(from), to: at(to) });
const chat = (id: string) => [id, { channel: 'CHAT', handlingMs: 100_000 }] as const;
const blended = (VOICE: object, CHAT: object) =>
  agent('ann', {
    channels: ['VOICE', 'CHAT'],
    concurrency: { VOICE: { contacts: 1, ...VOICE }, CHAT: { contacts: 2, ...CHAT } },
  });

describe('shifts', () => {
  test.each<CentreScript>([
    {
      name: 'no contact is answered before the shift starts; then contacts are answered by rank',
      agents: [agent('ann', { shifts: [shift(60, 1_000)] })],
      steps: [[0, arrive(['a'], ['b', { routing: { priority: 1 } }])]],
      expected: ['60 b -> ann', '70 a -> ann'],
    },
    {
      name: 'an agent finishes a contact after the shift; the next one waits for the next shift',
      agents: [agent('ann', { shifts: [shift(0, 15), shift(40, 50)] })],
      steps: [[0, arrive(['a'], ['b'], ['c'], ['d', { patienceMs: 600_000 }])]],
      expected: ['0 a -> ann', '10 b -> ann', '40 c -> ann', '600 d: abandoned'],
    },
    {
      name: 'an agent who returns while handling a contact takes no second one',
      agents: [agent('ann', { shifts: [shift(0, 5), shift(8, 100)] })],
      steps: [[0, arrive(['a', { handlingMs: 20_000 }], ['b'])]],
      expected: ['0 a -> ann', '20 b -> ann'],
    },
    {
      name: 'the agent whose shift started last is the last of the idle agents',
      agents: [agent('early', { shifts: [shift(5, 100)] }), agent('always')],
      steps: [[10, arrive(['a'], ['b'])]],
      expected: ['10 a -> always', '10 b -> early'],
    },
    {
      name: 'an agent who ends a shift while idle is offered nothing',
      agents: [agent('ann', { shifts: [shift(0, 5)] }), agent('ben', { shifts: [shift(20, 30)] })],
      steps: [[10, arrive(['a'])]],
      expected: ['20 a -> ben'],
    },
  ])('$name', (scenario) => {
    expect(runScript(scenario)).toEqual(scenario.expected);
  });

  test('infinite shifts are read one at a time', () => {
    let taken = 0;
    const shifts = {
      *[Symbol.iterator]() {
        for (let day = 0; ; day += 1) {
          taken += 1;
          yield shift(day * 100, day * 100 + 50);
        }
      },
    };
    const { centre } = centreWith({ agents: [agent('ann', { shifts })] });
    centre.advance(at(260));
    expect(taken).toBe(4);
    expect(secondsOf(centre.nextEventAt())).toBe(300);
  });

  test('an agent who is away is shown as such and takes no manual connection', () => {
    const { centre } = centreWith({ agents: [agent('ann', { shifts: [shift(10, 20)] })] });
    const isAway = (second: number) => centre.overview(at(second)).agents[0]?.isAway;
    centre.arrive(at(0), call('a', { handlingMs: 15_000 }));
    expect(() => centre.connect(at(0), 'a', 'ann')).toThrow(
      'Agent "ann" is not at work now; name another agent or wait for their shift.',
    );
    expect([9, 10, 19, 20].map(isAway)).toEqual([true, false, false, true]);
    expect(centre.overview(at(20)).agents[0]?.contactIds).toEqual(['a']);
  });
});

describe('concurrency by channel', () => {
  test.each<CentreScript>([
    {
      name: 'an agent in a call is offered no chat, and one in a chat only further chats',
      agents: [blended({}, {})],
      steps: [
        [0, arrive(['call 1'], [...chat('chat 1')])],
        [20, arrive(['call 2', { patienceMs: 10_000 }], [...chat('chat 2')], [...chat('chat 3')])],
      ],
      expected: [
        '0 call 1 -> ann',
        '10 chat 1 -> ann',
        '20 chat 2 -> ann',
        '30 call 2: abandoned',
        '110 chat 3 -> ann',
      ],
    },
    {
      name: 'with cross-channel chats, an agent takes a call beside them, and then no more chats',
      agents: [blended({}, { otherChannels: true })],
      steps: [
        [0, arrive([...chat('chat 1')])],
        [5, arrive(['call 1'], ['call 2'], [...chat('chat 2')])],
      ],
      expected: ['0 chat 1 -> ann', '5 call 1 -> ann', '15 call 2 -> ann', '25 chat 2 -> ann'],
    },
    {
      name: 'the next idle agent takes a chat that the first one may not take',
      agents: [blended({}, {}), agent('ben', { channels: ['CHAT'] })],
      steps: [[0, arrive(['call'], [...chat('chat 1')])]],
      expected: ['0 call -> ann', '0 chat 1 -> ben'],
    },
  ])('$name', (scenario) => {
    expect(runScript(scenario)).toEqual(scenario.expected);
  });

  test('an agent who is available in the channel is found behind equal agents who are not', () => {
    const agents = ['ann', 'ben'].map((id) => ({ ...blended({ contacts: 2 }, {}), id }));
    expect(
      runScript({
        name: '',
        agents,
        steps: [
          [0, arrive([...chat('chat')])],
          [1, arrive(['call 1'])],
          [3, arrive(['call 2'])],
        ],
        expected: [],
      }),
    ).toEqual(['0 chat -> ann', '1 call 1 -> ben', '3 call 2 -> ben']);
  });

  test('the maximum is the sum over the cross-channel channels plus the largest other channel', () => {
    const { centre } = centreWith({
      agents: [blended({}, { otherChannels: true }), { ...blended({}, {}), id: 'ben' }],
    });
    expect(centre.overview(at(0)).agents.map(({ concurrency }) => concurrency)).toEqual([3, 2]);
  });
});

describe('callbacks', () => {
  test('run after all events of their moment, and may call the centre', () => {
    const log: string[] = [];
    const { centre } = centreWith({ agents: [agent('ann')] });
    centre.schedule(at(10), (now) => {
      log.push(`${secondsOf(now)} ${centre.describe(now, 'b').state}`);
      centre.arrive(now, call('c'));
      centre.schedule(now, (then) => log.push(`${secondsOf(then)} again`));
    });
    centre.arrive(at(0), call('a'));
    centre.arrive(at(0), call('b'));
    centre.advance(at(25));
    expect(log).toEqual(['10 connected', '10 again']);
    expect(centre.describe(at(25), 'c').agent?.connectedAt).toBe(at(20));
  });

  test('onDisconnected runs before after-contact work', () => {
    const gone: string[] = [];
    const { centre } = centreWith({
      agents: [agent('ann')],
      afterContactWorkMs: 30_000,
      onDisconnected: ({ contactId, waitEnd }) => gone.push(`${contactId} ${waitEnd}`),
      onFinished: ({ contactId }) => gone.push(`${contactId} over`),
    });
    centre.arrive(at(0), call('a'));
    centre.arrive(at(0), call('b', { patienceMs: 20_000 }));
    centre.advance(at(100));
    expect(gone).toEqual(['a answered', 'b abandoned', 'b over', 'a over']);
  });
});
