import { readDeadLetterDepths } from '../../aws/dead-letter-depths.ts';
import type { Examination } from '../examination.ts';
import { ok, type Verdict, warning } from '../finding.ts';

/** How many messages each dead-letter queue holds. */
export async function checkDeadLetters({ options, deployment }: Examination): Promise<Verdict[]> {
  const depths = await readDeadLetterDepths(deployment, options);
  const full = depths.filter(({ messages }) => messages > 0);
  if (full.length === 0) return [ok(`All ${depths.length} dead-letter queues are empty.`)];
  return full.map(({ queue, messages }) =>
    warning(
      `${queue} holds about ${messages}: they had no effect.`,
      `escalator redrive ${queue} --dry-run lists them with their errors.`,
    ),
  );
}
