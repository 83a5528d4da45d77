import { type JudgeRequest, TEST_PATIENCE_MS, type Verdict } from './judge/protocol.ts';
import { type Judge, JudgeLostError, PATIENCE_MS } from './judge-pool.ts';

/** Nothing is known of the mutant, and why. */
export interface NoVerdict {
  readonly kind: 'no verdict';
  readonly reason: string;
}

/** What came of a request: a judge that was lost answered nothing. */
type Answer = Verdict | JudgeLostError;

/** A test that exceeds its time kills a mutant only where the code without it takes at most this part of the time. */
const MOST_OF_PATIENCE = 1 / 3;

/**
 * Asks a judge about a mutant. Asks again, in processes that are new, where the first answer may have another cause than
 * the mutant: the process ended, a test took too long, or it fails without the mutant in the same process, too. Then the
 * mutant is killed when a test fails with it and passes without it.
 */
export async function askJudge(
  judge: Pick<Judge, 'ask' | 'stop'>,
  request: JudgeRequest,
  nowMs = () => performance.now(),
): Promise<Verdict | NoVerdict> {
  const first = await attempt(judge, request);
  if (isSure(first)) return first;
  const second = await attempt(judge, request);
  if (isSure(second)) return second;
  const startedAt = nowMs();
  const unchanged = await attempt(judge, { ...narrowed(request, second), id: 0 });
  const tookMs = nowMs() - startedAt;
  if (unchanged instanceof JudgeLostError) return noVerdict('the process that judges ends without it, too');
  if (unchanged.killer) return { ...unchanged, isUnsound: true };
  if (second instanceof JudgeLostError && !second.isOutOfTime)
    return noVerdict('the process that judges ended');
  const patienceMs = second instanceof JudgeLostError ? PATIENCE_MS : TEST_PATIENCE_MS;
  if (second.isOutOfTime && tookMs > patienceMs * MOST_OF_PATIENCE)
    return noVerdict(`the tests take ${Math.round(tookMs)} ms without it, too`);
  if (!(second instanceof JudgeLostError)) return { ...second, isUnsound: false };
  const { file = '' } = request.selections[0] ?? {};
  const killer = { file, failure: `more than ${patienceMs} ms, and ${Math.round(tookMs)} ms without it` };
  return { kind: 'verdict', killer, isUnsound: false, isUsable: false };
}

function noVerdict(reason: string): NoVerdict {
  return { kind: 'no verdict', reason };
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

function isSure(answer: Answer): answer is Verdict & { readonly isUnsound: false } {
  return !(answer instanceof JudgeLostError || answer.isOutOfTime || answer.isUnsound);
}

/** Only the tests up to the one that failed. */
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
