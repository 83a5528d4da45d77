import { type JudgeRequest, TEST_PATIENCE_MS, type Verdict } from './judge/protocol.ts';
import { type Judge, JudgeLostError, PATIENCE_MS } from './judge-pool.ts';

/** Nothing is known of the mutant, and why. */
export interface NoVerdict {
  readonly kind: 'no verdict';
  readonly reason: string;
}

/** What came of a request: a judge that was lost answered nothing. */
type Answer = Verdict | JudgeLostError;

/** Time tells of a mutant only where the code without it takes at most this part of the time. */
const MOST_OF_PATIENCE = 1 / 3;

/**
 * Asks a judge about a mutant, and again where the process ended, or where time decided: the machine may have been slow.
 * A mutant that makes the tests exceed the time twice is killed when they stay far below it without the mutant.
 */
export async function askJudge(
  judge: Pick<Judge, 'ask' | 'stop'>,
  request: JudgeRequest,
  nowMs = () => performance.now(),
): Promise<Verdict | NoVerdict> {
  const first = await attempt(judge, request);
  if (isSure(first)) return first;
  const repeated = narrowed(request, first);
  const startedAt = nowMs();
  const unchanged = await attempt(judge, { ...repeated, id: 0 });
  const tookMs = nowMs() - startedAt;
  if (unchanged instanceof JudgeLostError || unchanged.killer)
    return { kind: 'no verdict', reason: 'the tests do not pass without the mutant either' };
  const second = await attempt(judge, repeated);
  if (isSure(second)) return second;
  if (!isOutOfTime(first) || !isOutOfTime(second))
    return { kind: 'no verdict', reason: 'the process that judges ended' };
  const patienceMs = second instanceof JudgeLostError ? PATIENCE_MS : TEST_PATIENCE_MS;
  if (tookMs > patienceMs * MOST_OF_PATIENCE)
    return { kind: 'no verdict', reason: `the tests take ${Math.round(tookMs)} ms without the mutant` };
  const failure = `more than ${patienceMs} ms, and ${Math.round(tookMs)} ms without the mutant`;
  const { file = '' } = repeated.selections[0] ?? {};
  return second instanceof JudgeLostError
    ? { kind: 'verdict', killer: { file, failure }, isOutOfTime: true, isUnsound: false, isUsable: false }
    : second;
}

async function attempt(judge: Pick<Judge, 'ask' | 'stop'>, request: JudgeRequest): Promise<Answer> {
  try {
    const verdict = (await judge.ask(request)) as Verdict;
    if (!verdict.isUsable) judge.stop();
    return verdict;
  } catch (error) {
    if (error instanceof JudgeLostError) return error;
    throw error;
  }
}

function isSure(answer: Answer): answer is Verdict {
  return !(answer instanceof JudgeLostError) && !answer.isOutOfTime;
}

function isOutOfTime(answer: Answer): boolean {
  return answer.isOutOfTime === true;
}

/** Only the tests up to the one that took too long. */
function narrowed(request: JudgeRequest, answer: Answer): JudgeRequest {
  if (answer instanceof JudgeLostError || !answer.killer) return request;
  const { file, index = Number.POSITIVE_INFINITY } = answer.killer;
  const position = request.selections.findIndex(
    (selection) => selection.file === file && selection.indexes.includes(index),
  );
  const selection = request.selections[position];
  if (!selection) return request;
  return {
    ...request,
    selections: [{ file, indexes: selection.indexes.filter((other) => other <= index) }],
    work: [request.work[position] ?? []],
  };
}
