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

test('a judge that ended says nothing of the mutant: it is asked again', async () => {
  expect(await ask([ENDED, SURVIVED])).toEqual({ finding: SURVIVED, asked: [REQUEST, REQUEST] });
  expect(await ask([STUCK, KILLED])).toEqual({ finding: KILLED, asked: [REQUEST, REQUEST] });
});

test('a mutant over which the judge ends twice is without a verdict, and not killed', async () => {
  const { finding, asked } = await ask([ENDED, ENDED, SURVIVED]);
  expect(finding).toEqual({ kind: 'no verdict', reason: 'the process that judges ended' });
  expect(asked).toEqual([REQUEST, REQUEST, { ...REQUEST, id: 0 }]);
});

test('without the mutant only the tests up to the one that failed are run', async () => {
  const { asked } = await ask([SLOW, SLOW, SURVIVED]);
  const selections = [{ file: 'b.test.ts', indexes: [1, 3] }];
  expect(asked.at(-1)).toEqual({ ...REQUEST, id: 0, selections, work: [[]] });
});

test('a mutant is killed by time when it exceeds it twice, and the code does not come near it', async () => {
  expect((await ask([SLOW, SLOW, SURVIVED])).finding).toEqual(SLOW);
  expect((await ask([STUCK, STUCK, SURVIVED])).finding).toMatchObject({
    killer: { file: 'a.test.ts', failure: 'more than 180000 ms, and 1000 ms without it' },
  });
});

test('time says nothing where the code without the mutant takes long, too', async () => {
  expect((await ask([SLOW, SLOW, SURVIVED], 10_001)).finding).toEqual({
    kind: 'no verdict',
    reason: 'the tests take 10001 ms without it, too',
  });
});

test('a test that fails after the mutant, too, kills it when it passes in a new process', async () => {
  const after: Verdict = { ...KILLED, isUnsound: true, isUsable: false };
  expect((await ask([after, after, SURVIVED])).finding).toEqual({ ...after, isUnsound: false });
  expect((await ask([after, SURVIVED])).finding).toEqual(SURVIVED);
});

test('a test that fails without the mutant in a new process is no judge', async () => {
  const after: Verdict = { ...KILLED, isUnsound: true, isUsable: false };
  for (const answers of [
    [after, after, KILLED],
    [SLOW, SLOW, KILLED],
    [ENDED, ENDED, KILLED],
  ])
    expect((await ask(answers)).finding).toEqual({ ...KILLED, isUnsound: true });
});

test('a judge that ends without the mutant gives no verdict', async () => {
  expect((await ask([STUCK, STUCK, ENDED])).finding).toEqual({
    kind: 'no verdict',
    reason: 'the process that judges ends without it, too',
  });
});
