import type { QueueLine } from '../../cli/state/queue-line.ts';
import { ActButton } from './act-button.tsx';
import { useOperate } from './operate.ts';

/** What can be done about the queue that is chosen, as a row of the table of queues. */
export function QueueActs({ queue: { arn, name, id } }: { readonly queue: QueueLine }) {
  if (!useOperate()) return null;
  return (
    <tr class="detail">
      <td colSpan={4}>
        <ActButton
          label="Signal to this queue …"
          draft={{ type: 'signal', queue: { arn, name: name ?? id } }}
        />
      </td>
    </tr>
  );
}
