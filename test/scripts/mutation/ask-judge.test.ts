import { expect, test } from '@jest/globals';
import { askJudge } from '../../../scripts/mutation/ask-judge.ts';
import type { JudgeRequest, Request, Verdict } from '../../../scripts/mutation/judge/protocol.ts';
import { JudgeLostError } from '../../../scripts/mutation/judge-pool.ts';

const REQUEST: JudgeRequest = {
  kind: 'judge',
  id: 7,
  selections: [
    { file: 'a.test.ts', indexes: [0, 2] },
    { file: 'b.test.ts', indexes: [1, 3, 4] },
  ],
  work: [[1, 2, 3], []],
  isFresh: false,
};
const SURVIVED: Verdict = { kind: 'verdict', isUnsound: false, isUsable: true };
const KILLED: Verdict = { ...SURVIVED, killer: { file: 'a.test.ts', index: 2, failure: '1 is not 2' } };
const SLOW: Verdict = {
  kind: 'verdict',
  killer: { file: 'b.test.ts', index: 3, failure: '30000 ms have passed' },
  isOutOfTime: true,
  isUnsound: false,
  isUsable: false,
};
const ENDED = new JudgeLostError('judge', false);
const STUCK = new JudgeLostError('judge', true);

/** Asks a judge that has these answers, each of which takes a time. */
async function ask(answers: readonly (Verdict | Error)[], tookMs = 1_000) {
  const asked: Request[] = [];
  let now = 0;
  const judge = {
    ask: async (request: Request) => {
      const answer = answers[asked.length];
      asked.push(request);
      now += tookMs;
      if (answer === undefined) throw new Error('This was not foreseen');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    stop: () => {},
  };
  const finding = await askJudge(judge, REQUEST, () => now);
  return { finding, asked };
}

test('a test that passes or fails is believed at once', async () => {
  expect(await ask([SURVIVED])).toEqual({ finding: SURVIVED, asked: [REQUEST] });
  expect(await ask([KILLED])).toEqual({ finding: KILLED, asked: [REQUEST] });
});

test('a judge that ended says nothing of the mutant: it is asked again, after one without the mutant', async () => {
  const { finding, asked } = await ask([ENDED, SURVIVED, SURVIVED]);
  expect(finding).toEqual(SURVIVED);
  expect(asked).toEqual([REQUEST, { ...REQUEST, id: 0 }, REQUEST]);
});

test('a mutant over which the judge ends twice is without a verdict, and not killed', async () => {
  expect((await ask([ENDED, SURVIVED, ENDED])).finding).toEqual({
    kind: 'no verdict',
    reason: 'the process that judges ended',
  });
});

test('a test that waited too long is repeated, with the tests before it', async () => {
  const { finding, asked } = await ask([SLOW, SURVIVED, SURVIVED]);
  expect(finding).toEqual(SURVIVED);
  const repeated = { ...REQUEST, selections: [{ file: 'b.test.ts', indexes: [1, 3] }], work: [[]] };
  expect(asked).toEqual([REQUEST, { ...repeated, id: 0 }, repeated]);
});

test('a mutant is killed by time when it exceeds it twice, and the code does not come near it', async () => {
  expect((await ask([SLOW, SURVIVED, SLOW])).finding).toEqual(SLOW);
  expect((await ask([STUCK, SURVIVED, STUCK])).finding).toMatchObject({
    killer: { file: 'a.test.ts', failure: 'more than 180000 ms, and 1000 ms without the mutant' },
  });
});

test('time says nothing where the code without the mutant takes long, too', async () => {
  expect((await ask([SLOW, SURVIVED, SLOW], 10_001)).finding).toEqual({
    kind: 'no verdict',
    reason: 'the tests take 10001 ms without the mutant',
  });
});

test.each([
  ['fail', KILLED],
  ['take too long', SLOW],
  ['end the process', ENDED],
])('a mutant is without a verdict when the tests %s without it, too', async (_, unchanged) => {
  expect((await ask([SLOW, unchanged])).finding).toEqual({
    kind: 'no verdict',
    reason: 'the tests do not pass without the mutant either',
  });
});
