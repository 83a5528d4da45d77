import { DEAD_LETTER_QUEUES, type DeadLetterQueueName } from '../../lambda/aws/deployment.ts';
import { formatSpan } from '../../lambda/domain/duration.ts';
import { visibleLine } from '../../lambda/domain/visible-text.ts';
import type { DeadLetter } from './dead-letter.ts';
import { type HandledDeadLetter, isResent } from './redrive.ts';

type Kind = HandledDeadLetter['disposition']['kind'];

const DISPOSITION_TEXTS: Readonly<Record<Kind, string>> = {
  'rule-message': 'resend to RuleMessages',
  'operator-message': 'resend to OperatorMessages',
  dispatch: 'resend to dispatch',
  reevaluate: 'send one reevaluate for all of them',
  malformed: 'remains: malformed, it would fail again (--include-malformed resends it)',
  unreadable: 'remains: unreadable',
  returned: 'remains: it was resent just now, and failed again',
};

/**
 * `RuleMessagesDlq m-1 (3m old; missing: signal: signal is missing ...): resend to RuleMessages`
 */
export function formatDeadLetter({ letter, disposition }: HandledDeadLetter, now: number): string {
  const error = [letter.error.code, letter.error.message?.replaceAll(/\s+/g, ' ')].filter(Boolean).join(': ');
  const details = `${formatSpan(ageSeconds(letter, now))} old${error ? `; ${error}` : ''}`;
  const line = `${letter.queue} ${letter.original.messageId} (${details}): ${formatDisposition(disposition)}`;
  return `${visibleLine(line)}\n`;
}

function formatDisposition(disposition: HandledDeadLetter['disposition']): string {
  if (disposition.kind === 'unreadable') return `${DISPOSITION_TEXTS.unreadable}, ${disposition.reason}`;
  return disposition.kind === 'malformed' && disposition.reason !== undefined
    ? `remains: malformed, ${disposition.reason}`
    : DISPOSITION_TEXTS[disposition.kind];
}

/** How to delete letters that a redrive cannot resend. */
export function formatPurgeCommand(queue: DeadLetterQueueName, url: string): string {
  return `To delete everything that remains in ${queue}: aws sqs purge-queue --queue-url ${url}\n`;
}

/** `RuleMessagesDlq: 3 redriven, 1 malformed.` */
export function formatQueueSummary(
  queue: DeadLetterQueueName,
  handled: readonly HandledDeadLetter[],
  dryRun: boolean,
): string {
  const count = (...kinds: Kind[]) =>
    handled.filter(({ disposition }) => kinds.includes(disposition.kind)).length;
  const counts = [
    [count('rule-message', 'operator-message', 'dispatch', 'reevaluate'), dryRun ? 'to redrive' : 'redriven'],
    [count('malformed'), 'malformed'],
    [count('unreadable'), 'unreadable'],
    [count('returned'), 'failed again'],
  ] as const;
  const parts = counts.filter(([number]) => number > 0).map(([number, label]) => `${number} ${label}`);
  return `${queue}: ${parts.join(', ') || 'empty'}.\n`;
}

/** The document that `redrive --json` prints. */
export function toRedriveJson(handled: readonly HandledDeadLetter[], dryRun: boolean, now: number): object {
  return {
    dryRun,
    deadLetters: handled.map(({ letter, disposition }) => ({
      queue: letter.queue,
      messageId: letter.messageId,
      originalMessageId: letter.original.messageId,
      ageSeconds: ageSeconds(letter, now),
      errorCode: letter.error.code,
      errorMessage: letter.error.message,
      disposition: disposition.kind,
      reason: 'reason' in disposition ? disposition.reason : undefined,
      redriven: !dryRun && isResent(disposition.kind),
    })),
  };
}

/** Sorts queues in the order of {@link DEAD_LETTER_QUEUES}, without duplicates. */
export function sortQueues(queues: readonly DeadLetterQueueName[]): readonly DeadLetterQueueName[] {
  return DEAD_LETTER_QUEUES.filter((name) => queues.includes(name));
}

function ageSeconds({ original }: DeadLetter, now: number): number {
  return Math.max(0, Math.floor((now - original.sentAt) / 1_000));
}
