import type { DeadLetter } from './dead-letter.ts';
import { BATCH_LIMIT, type DeadLetterQueue } from './dead-letter-queue.ts';
import { type Disposition, dispositionOf } from './disposition.ts';
import type { Resender } from './resender.ts';

/** What became of a letter; in a dry run, what would. */
export interface HandledDeadLetter {
  readonly letter: DeadLetter;
  readonly outcome:
    | Disposition
    /** It was sent on in this run, and is here again already. */
    | { readonly kind: 'came-back' };
}

export interface RedriveRun {
  readonly resender: Resender;
  /** Change nothing. */
  readonly dryRun: boolean;
  /** Send on what its handler set aside as malformed, too. */
  readonly includeMalformed: boolean;
  /** How many letters may be sent on, all queues together. */
  readonly max: number;
  readonly onHandled: (handled: HandledDeadLetter) => void;
}

/**
 * Sends the letters of dead-letter queues on, each before it is deleted: a crash in between leaves a letter that is
 * sent twice, which its receiver takes for once. A queue is done when it gives out nothing that was not in hand before,
 * so that what comes back does not keep it going for ever.
 *
 * @throws AwsFailure when SQS does not do what is asked. Letters in hand are given back first.
 */
export async function redriveAll(queues: readonly DeadLetterQueue[], run: RedriveRun): Promise<void> {
  const judge = createClassifier(run);
  let room = run.max;
  for (const queue of queues) {
    const inHand = new Set<DeadLetter>();
    try {
      const followedUp: HandledDeadLetter[] = [];
      while (room > 0) {
        const letters = await queue.receive(Math.min(BATCH_LIMIT, room));
        for (const letter of letters) inHand.add(letter);
        const handled = judge(letters);
        if (handled.length === 0) break;
        room -= handled.filter(({ outcome }) => isResent(outcome.kind)).length;
        await settleAll(handled, async (one) => {
          const { letter, outcome } = one;
          if (run.dryRun || !isResent(outcome.kind)) run.onHandled(one);
          else if (outcome.kind === 'reevaluate') followedUp.push(one);
          else if (outcome.kind === 'rule-message' || outcome.kind === 'dispatch') {
            await run.resender.send(letter, outcome);
            await deleteResent(one, queue, inHand, run);
          }
        });
        if (queue.isFifo) await releaseInFlight(queue, inHand);
      }
      if (followedUp.length > 0) {
        await run.resender.reevaluate();
        await settleAll(followedUp, (one) => deleteResent(one, queue, inHand, run));
      }
    } finally {
      await releaseInFlight(queue, inHand);
    }
  }
}

/** Tells of letters that were not in hand before what becomes of them; the others are left out. */
function createClassifier({
  includeMalformed: malformed,
}: RedriveRun): (letters: readonly DeadLetter[]) => HandledDeadLetter[] {
  const letterIds = new Set<string>();
  const firstIds = new Set<string>();
  return (letters) =>
    letters.flatMap((letter): HandledDeadLetter[] => {
      if (letterIds.has(letter.messageId)) return [];
      letterIds.add(letter.messageId);
      if (firstIds.has(letter.original.messageId)) return [{ letter, outcome: { kind: 'came-back' } }];
      firstIds.add(letter.original.messageId);
      return [{ letter, outcome: dispositionOf(letter, malformed) }];
    });
}

async function deleteResent(
  handled: HandledDeadLetter,
  queue: DeadLetterQueue,
  inHand: Set<DeadLetter>,
  run: RedriveRun,
): Promise<void> {
  await queue.delete(handled.letter);
  inHand.delete(handled.letter);
  run.onHandled(handled);
}

export function isResent(kind: HandledDeadLetter['outcome']['kind']): boolean {
  return kind === 'rule-message' || kind === 'dispatch' || kind === 'reevaluate';
}

/** Does all, and only then fails with the first failure: nothing goes on behind the back of the caller. */
async function settleAll<T>(items: readonly T[], action: (item: T) => Promise<void>): Promise<void> {
  for (const result of await Promise.allSettled(items.map(action))) {
    if (result.status === 'rejected') throw result.reason;
  }
}

async function releaseInFlight(queue: DeadLetterQueue, inHand: Set<DeadLetter>): Promise<void> {
  try {
    await queue.release([...inHand]);
  } catch {
    // They are to be seen again soon in any case, and what failed before is what matters.
  }
  inHand.clear();
}
