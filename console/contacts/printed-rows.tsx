import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { now as timeNow } from '../clock.ts';
import type { Row } from '../rows.ts';
import { count } from '../words.ts';
import type { Column } from './columns.tsx';

/** Rows that are printed at most: some twenty pages. */
const MAX_PRINTED = 1_000;

interface PrintedRowsProps {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
}

/**
 * Prints all rows in place of those on the screen: they are drawn when the browser is about to print, and taken away
 * afterwards.
 */
export function usePrintedRows({ rows, columns }: PrintedRowsProps): void {
  const latest = useRef({ rows, columns });
  latest.current = { rows, columns };
  useEffect(() => {
    const paper = document.createElement('div');
    paper.className = 'printed';
    const before = () => {
      document.body.append(paper);
      // Preact draws this at once, while the change of a state would come after the print.
      render(<PrintedRows {...latest.current} />, paper);
    };
    const after = () => {
      render(null, paper);
      paper.remove();
    };
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
      after();
    };
  }, []);
}

function PrintedRows({ rows, columns }: PrintedRowsProps) {
  const now = timeNow();
  return (
    <table>
      <caption>
        {rows.length > MAX_PRINTED
          ? `The first ${MAX_PRINTED.toLocaleString()} of ${count(rows.length, 'contact')}`
          : count(rows.length, 'contact')}
      </caption>
      <thead>
        <tr>
          {columns.map(({ key, heading, isNumber }) => (
            <th key={key} scope="col" class={isNumber ? 'number' : undefined}>
              {/* What follows is known of the contacts on the screen alone. */}
              {key === 'next' ? 'Due change' : heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, MAX_PRINTED).map((row) => (
          <tr key={row.key}>
            {columns.map(({ key, isNumber, cell }) => (
              <td key={key} class={isNumber ? 'number' : undefined}>
                {cell({ row, next: undefined, now })}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
