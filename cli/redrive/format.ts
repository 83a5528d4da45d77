import { DEAD_LETTER_QUEUES, type DeadLetterQueueName } from '../../lambda/aws/deployment.ts';
import { formatDuration } from '../../lambda/domain/duration.ts';
import type { DeadLetter } from './dead-letter.ts';
import { type HandledDeadLetter, isResent } from './redrive.ts';

type Kind = HandledDeadLetter['outcome']['kind'];

/** What becomes of letters, by kind: where they go, or why they stay. */
const DISPOSITION_TEXTS: Readonly<Record<Kind, string>> = {
  'rule-message': 'to the queue of rule messages',
  dispatch: 'to dispatch',
  reevaluate: 'all of them become one reevaluate',
  malformed: 'stays: malformed, so it would come back unchanged (--malformed sends it all the same)',
  unreadable: 'stays: unreadable',
  'came-back': 'stays: it was redriven just now, and came back',
};

/** `RuleMessagesDlq m-1 (3m old; missing: signal: signal is missing ...): to the queue of rule messages` */
export function formatDeadLetter({ letter, outcome }: HandledDeadLetter, now: number): string {
  const error = [letter.error.code, letter.error.message?.replaceAll(/\s+/g, ' ')].filter(Boolean).join(': ');
  const about = `${formatDuration(ageSeconds(letter, now))} old${error ? `; ${error}` : ''}`;
  return `${letter.queue} ${letter.original.messageId} (${about}): ${formatDisposition(outcome)}\n`;
}

function formatDisposition(outcome: HandledDeadLetter['outcome']): string {
  if (outcome.kind === 'unreadable') return `${DISPOSITION_TEXTS.unreadable}, ${outcome.reason}`;
  return outcome.kind === 'malformed' && outcome.reason !== undefined
    ? `stays: malformed, ${outcome.reason}`
    : DISPOSITION_TEXTS[outcome.kind];
}

/** How to be rid of letters that no redrive can help. */
export function formatPurgeCommand(queue: DeadLetterQueueName, url: string): string {
  return `If nobody needs what is left in ${queue}, delete all of it with: aws sqs purge-queue --queue-url ${url}\n`;
}

/** `RuleMessagesDlq: 3 redriven, 1 malformed.` */
export function formatQueueSummary(
  queue: DeadLetterQueueName,
  handled: readonly HandledDeadLetter[],
  dryRun: boolean,
): string {
  const count = (...kinds: Kind[]) => handled.filter(({ outcome }) => kinds.includes(outcome.kind)).length;
  const counts = [
    [count('rule-message', 'dispatch', 'reevaluate'), dryRun ? 'to redrive' : 'redriven'],
    [count('malformed'), 'malformed'],
    [count('unreadable'), 'unreadable'],
    [count('came-back'), 'came back'],
  ] as const;
  const said = counts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${queue}: ${said.join(', ') || 'nothing'}.\n`;
}

/** For programs. */
export function toRedriveJson(handled: readonly HandledDeadLetter[], dryRun: boolean, now: number): object {
  return {
    dryRun,
    letters: handled.map(({ letter, outcome }) => ({
      queue: letter.queue,
      messageId: letter.messageId,
      originalMessageId: letter.original.messageId,
      ageSeconds: ageSeconds(letter, now),
      ...(letter.error.code === undefined ? {} : { errorCode: letter.error.code }),
      ...(letter.error.message === undefined ? {} : { errorMessage: letter.error.message }),
      outcome: outcome.kind,
      ...('reason' in outcome ? { reason: outcome.reason } : {}),
      redriven: !dryRun && isResent(outcome.kind),
    })),
  };
}

/** In the order in which the queues are known. */
export function sortQueues(queues: readonly DeadLetterQueueName[]): readonly DeadLetterQueueName[] {
  return DEAD_LETTER_QUEUES.filter((name) => queues.includes(name));
}

function ageSeconds({ original: first }: DeadLetter, now: number): number {
  return Math.max(0, Math.floor((now - first.sentAt) / 1_000));
}
