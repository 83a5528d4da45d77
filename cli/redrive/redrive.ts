import type { DeadLetter } from './dead-letter.ts';
import { BATCH_LIMIT, type DeadLetterQueue } from './dead-letter-queue.ts';
import { type Disposition, dispositionOf } from './disposition.ts';
import type { Resender, SentByItself } from './resender.ts';

/** A letter, with what the redrive did with it. In a dry run: what it would do. */
export interface HandledDeadLetter {
  readonly letter: DeadLetter;
  readonly disposition:
    | Disposition
    /** It was resent in this run, and is already in the queue again. */
    | { readonly kind: 'returned' };
}

export interface RedriveRun {
  readonly resender: Resender;
  /** Change nothing. */
  readonly dryRun: boolean;
  /** Also resend letters that are malformed. */
  readonly includeMalformed: boolean;
  /** The most letters to resend, of all queues together. */
  readonly max: number;
  readonly onHandled: (handled: HandledDeadLetter) => void;
}

/**
 * Resends the letters of dead-letter queues. Each letter is deleted after it is resent: a crash in between
 * leaves a letter that is sent twice, which its receiver handles once. A queue is done when it returns only
 * letters that were received before, so that letters that fail again do not keep the run going.
 *
 * @throws AwsError when a request fails. Letters in flight are released first.
 */
export async function redriveAll(queues: readonly DeadLetterQueue[], run: RedriveRun): Promise<void> {
  const classify = createClassifier(run);
  let remaining = run.max;
  for (const queue of queues) {
    const inFlight = new Set<DeadLetter>();
    try {
      const reevaluated: HandledDeadLetter[] = [];
      while (remaining > 0) {
        const letters = await queue.receive(Math.min(BATCH_LIMIT, remaining));
        for (const letter of letters) inFlight.add(letter);
        const batch = classify(letters);
        if (batch.length === 0) break;
        remaining -= batch.filter(({ disposition }) => isResent(disposition.kind)).length;
        await settleAll(batch, async (handled) => {
          const { letter, disposition } = handled;
          if (run.dryRun || !isResent(disposition.kind)) run.onHandled(handled);
          else if (disposition.kind === 'reevaluate') reevaluated.push(handled);
          else if (isSentByItself(disposition)) {
            await run.resender.send(letter, disposition);
            await deleteResent(handled, queue, inFlight, run);
          }
        });
        if (queue.isFifo) await releaseInFlight(queue, inFlight);
      }
      if (reevaluated.length > 0) {
        await run.resender.reevaluate();
        await settleAll(reevaluated, (handled) => deleteResent(handled, queue, inFlight, run));
      }
    } finally {
      await releaseInFlight(queue, inFlight);
    }
  }
}

/** Makes a function that classifies the letters that it has not seen before, and drops the others. */
function createClassifier({
  includeMalformed,
}: RedriveRun): (letters: readonly DeadLetter[]) => HandledDeadLetter[] {
  const messageIds = new Set<string>();
  const originalIds = new Set<string>();
  return (letters) =>
    letters.flatMap((letter): HandledDeadLetter[] => {
      if (messageIds.has(letter.messageId)) return [];
      messageIds.add(letter.messageId);
      if (originalIds.has(letter.original.messageId)) return [{ letter, disposition: { kind: 'returned' } }];
      originalIds.add(letter.original.messageId);
      return [{ letter, disposition: dispositionOf(letter, includeMalformed) }];
    });
}

async function deleteResent(
  handled: HandledDeadLetter,
  queue: DeadLetterQueue,
  inFlight: Set<DeadLetter>,
  run: RedriveRun,
): Promise<void> {
  await queue.delete(handled.letter);
  inFlight.delete(handled.letter);
  run.onHandled(handled);
}

export function isResent(kind: HandledDeadLetter['disposition']['kind']): boolean {
  return (
    kind === 'rule-message' || kind === 'operator-message' || kind === 'dispatch' || kind === 'reevaluate'
  );
}

function isSentByItself(disposition: HandledDeadLetter['disposition']): disposition is SentByItself {
  return isResent(disposition.kind) && disposition.kind !== 'reevaluate';
}

/** Runs all actions to their end, and then throws the first error, so that no action outlives the call. */
async function settleAll<T>(items: readonly T[], action: (item: T) => Promise<void>): Promise<void> {
  for (const result of await Promise.allSettled(items.map(action))) {
    if (result.status === 'rejected') throw result.reason;
  }
}

async function releaseInFlight(queue: DeadLetterQueue, inFlight: Set<DeadLetter>): Promise<void> {
  try {
    await queue.release([...inFlight]);
  } catch {
    // The letters reappear after the visibility timeout. An earlier error is the one to report.
  }
  inFlight.clear();
}
