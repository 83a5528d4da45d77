import type { NextChange } from '../../cli/state/next-change.ts';
import type { Row } from '../rows.ts';
import { type Column, cellClass } from './columns.tsx';

interface ContactRowProps {
  readonly id: string;
  /** From 0, among all rows. */
  readonly index: number;
  readonly row: Row;
  readonly columns: readonly Column[];
  readonly next: NextChange | undefined;
  readonly now: number;
  readonly isActive: boolean;
  readonly onOpen: () => void;
}

export function ContactRow({ id, index, row, columns, next, now, isActive, onOpen }: ContactRowProps) {
  const { targetAt } = row.contact;
  const isLate = targetAt !== undefined && targetAt < now;
  return (
    <tr
      id={id}
      class={`row${isActive ? ' active' : ''}${isLate ? ' late' : ''}`}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      onClick={(event) => {
        // Somebody selects text, or opens the link elsewhere.
        const isOther = event.ctrlKey || event.metaKey || event.shiftKey;
        if (!isOther && getSelection()?.isCollapsed !== false) onOpen();
      }}
    >
      {columns.map(({ key, isNumber, cell }) => (
        <td key={key} class={cellClass(key, isNumber)}>
          {cell({ row, next, now })}
        </td>
      ))}
    </tr>
  );
}
