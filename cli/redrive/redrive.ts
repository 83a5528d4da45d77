import { BATCH_LIMIT, type DeadLetterQueue } from './dead-letter-queue.ts';
import { type Destiny, destinyOf } from './destiny.ts';
import type { Letter } from './letter.ts';
import type { Outgoing } from './send-on.ts';

/** What became of a letter; in a dry run, what would. */
export interface Handled {
  readonly letter: Letter;
  readonly outcome:
    | Destiny
    /** It was sent on in this run, and is here again already. */
    | { readonly kind: 'came-back' };
}

export interface RedriveRun {
  readonly outgoing: Outgoing;
  /** Change nothing. */
  readonly dryRun: boolean;
  /** Send on what its handler set aside as malformed, too. */
  readonly malformed: boolean;
  /** How many letters may be sent on, all queues together. */
  readonly max: number;
  readonly tell: (handled: Handled) => void;
}

/**
 * Sends the letters of dead-letter queues on, each before it is deleted: a crash in between leaves a letter that is
 * sent twice, which its receiver takes for once. A queue is done when it gives out nothing that was not in hand before,
 * so that what comes back does not keep it going for ever.
 *
 * @throws AwsFailure when SQS does not do what is asked. Letters in hand are given back first.
 */
export async function redriveAll(queues: readonly DeadLetterQueue[], run: RedriveRun): Promise<void> {
  const judge = judgeOf(run);
  let room = run.max;
  for (const queue of queues) {
    const inHand = new Set<Letter>();
    try {
      const followedUp: Handled[] = [];
      while (room > 0) {
        const letters = await queue.receive(Math.min(BATCH_LIMIT, room));
        for (const letter of letters) inHand.add(letter);
        const handled = judge(letters);
        if (handled.length === 0) break;
        room -= handled.filter(({ outcome }) => isSentOn(outcome.kind)).length;
        await allOf(handled, async (one) => {
          const { letter, outcome } = one;
          if (run.dryRun || !isSentOn(outcome.kind)) run.tell(one);
          else if (outcome.kind === 'reevaluate') followedUp.push(one);
          else if (outcome.kind === 'rule-message' || outcome.kind === 'dispatch') {
            await run.outgoing.send(letter, outcome);
            await finish(one, queue, inHand, run);
          }
        });
        if (queue.isFifo) await giveBack(queue, inHand);
      }
      if (followedUp.length > 0) {
        await run.outgoing.reevaluate();
        await allOf(followedUp, (one) => finish(one, queue, inHand, run));
      }
    } finally {
      await giveBack(queue, inHand);
    }
  }
}

/** Tells of letters that were not in hand before what becomes of them; the others are left out. */
function judgeOf({ malformed }: RedriveRun): (letters: readonly Letter[]) => Handled[] {
  const letterIds = new Set<string>();
  const firstIds = new Set<string>();
  return (letters) =>
    letters.flatMap((letter): Handled[] => {
      if (letterIds.has(letter.messageId)) return [];
      letterIds.add(letter.messageId);
      if (firstIds.has(letter.first.messageId)) return [{ letter, outcome: { kind: 'came-back' } }];
      firstIds.add(letter.first.messageId);
      return [{ letter, outcome: destinyOf(letter, malformed) }];
    });
}

async function finish(
  handled: Handled,
  queue: DeadLetterQueue,
  inHand: Set<Letter>,
  run: RedriveRun,
): Promise<void> {
  await queue.delete(handled.letter);
  inHand.delete(handled.letter);
  run.tell(handled);
}

export function isSentOn(kind: Handled['outcome']['kind']): boolean {
  return kind === 'rule-message' || kind === 'dispatch' || kind === 'reevaluate';
}

/** Does all, and only then fails with the first failure: nothing goes on behind the back of the caller. */
async function allOf<T>(items: readonly T[], action: (item: T) => Promise<void>): Promise<void> {
  for (const result of await Promise.allSettled(items.map(action))) {
    if (result.status === 'rejected') throw result.reason;
  }
}

async function giveBack(queue: DeadLetterQueue, inHand: Set<Letter>): Promise<void> {
  try {
    await queue.giveBack([...inHand]);
  } catch {
    // They are to be seen again soon in any case, and what failed before is what matters.
  }
  inHand.clear();
}
