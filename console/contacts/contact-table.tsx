import type { TargetedKeyboardEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PageState } from '../../cli/watch/page-state.ts';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { type Address, formatAddress, isFiltered } from '../address.ts';
import type { Row } from '../rows.ts';
import type { Go } from '../use-address.ts';
import { type Column, cellClass, widthOf } from './columns.tsx';
import { ContactRow } from './contact-row.tsx';
import { usePrintedRows } from './printed-rows.tsx';
import { ROW_PX, type RowRange, rangeOf } from './row-range.ts';
import { useViewport } from './viewport.ts';

/** Where a table is scrolled to, and its active row: it outlives the table, which a contact replaces. */
export interface TablePlace {
  /** The address of its rows. */
  asked?: string;
  top: number;
  activeKey: string | undefined;
}

interface ContactTableProps {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  /** The next changes of those that are drawn, by key. */
  readonly next: PageState['next'];
  readonly address: Address;
  readonly go: Go;
  readonly now: number;
  /** Where the table was when it was last shown. */
  readonly place: TablePlace;
  /** Called with the contacts that are drawn. */
  readonly onShow: (contacts: readonly ContactKey[]) => void;
}

/**
 * Who waits. Only rows that are visible are drawn. The table has the focus, and one of its rows is active: it stays so
 * while looks at the table move it.
 */
export function ContactTable({ rows, columns, next, address, go, now, place, onShow }: ContactTableProps) {
  const box = useRef<HTMLDivElement>(null);
  const viewport = useViewport(box);
  usePrintedRows({ rows, columns });
  const [activeKey, setActiveKey] = useState(place.activeKey);
  const range = rangeOf(rows.length, viewport.top, viewport.height);
  const drawn = rows.slice(range.first, range.end);
  const shown = drawn.map(({ key }) => key).join('\n');
  useEffect(() => onShow(drawn.map(({ contact }) => contact)), [shown]);
  const asked = formatAddress(address);
  useLayoutEffect(() => {
    if (!box.current) return;
    // Where rows are asked for in the same way again, somebody comes back from a contact.
    const isBack = place.asked === asked;
    box.current.scrollTop = isBack ? place.top : 0;
    if (isBack) box.current.querySelector('table')?.focus();
    place.asked = asked;
  }, [asked]);
  place.top = viewport.top;
  place.activeKey = activeKey;
  const activeIndex = rows.findIndex(({ key }) => key === activeKey);
  const open = ({ contact: { instanceId, contactId } }: Row) =>
    go({ contact: { instanceId, contactId } }, true);

  function onKeyDown(event: TargetedKeyboardEvent<HTMLTableElement>): void {
    // The buttons of the head have keys of their own.
    if (event.target !== event.currentTarget) return;
    const active = rows[activeIndex];
    if (event.key === 'Enter' && active) open(active);
    const index = moved(event.key, activeIndex, rows.length, Math.floor(viewport.height / ROW_PX) - 2);
    if (index === undefined) return;
    event.preventDefault();
    setActiveKey(rows[index]?.key);
    scrollTo(box.current, index);
  }

  return (
    <>
      <div class="rows" ref={box}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table with keys, by ARIA in HTML
          role="grid"
          aria-label="Contacts that wait"
          aria-rowcount={rows.length + 1}
          aria-activedescendant={isDrawn(activeIndex, range) ? rowId(activeIndex) : undefined}
          style={{ '--table-width': `${widthOf(columns)}px` }}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onFocus={() => {
            if (activeIndex === -1) setActiveKey(rows[range.first]?.key);
          }}
        >
          <Head columns={columns} address={address} go={go} />
          <tbody>
            <Space rows={range.first} key="above" />
            {drawn.map((row, offset) => (
              <ContactRow
                key={row.key}
                id={rowId(range.first + offset)}
                index={range.first + offset}
                row={row}
                columns={columns}
                next={next[row.key]}
                now={now}
                isActive={row.key === activeKey}
                onOpen={() => {
                  setActiveKey(row.key);
                  open(row);
                }}
              />
            ))}
            <Space rows={rows.length - range.end} key="below" />
          </tbody>
        </table>
        {rows.length === 0 && (
          <p class="muted">
            {isFiltered(address) ? 'No contact that waits matches the filters.' : 'Nobody waits.'}
          </p>
        )}
      </div>
      <footer class="legend">
        <span>
          <b>?</b> assumed: Connect was not asked
        </span>
        <span>
          <b>!</b> result not known
        </span>
        <span>
          <b>→</b> accepted, in effect after the routing lag
        </span>
        <span>
          <b>+</b> came from another queue
        </span>
      </footer>
    </>
  );
}

function rowId(index: number): string {
  return `row-${index}`;
}

function isDrawn(index: number, { first, end }: RowRange): boolean {
  return index >= first && index < end;
}

/** Where a key leads; undefined where it leads nowhere. */
function moved(key: string, index: number, rows: number, page: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -rows,
    End: rows,
  };
  const step = steps[key];
  return step === undefined || rows === 0 ? undefined : Math.max(0, Math.min(rows - 1, index + step));
}

/** Scrolls a row into the box, below its head. */
function scrollTo(box: HTMLElement | null, index: number): void {
  if (!box) return;
  const top = index * ROW_PX;
  const room = box.clientHeight - 2 * ROW_PX;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top > box.scrollTop + room) box.scrollTop = top - room;
}

function Space({ rows }: { readonly rows: number }) {
  if (rows <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without a tabindex takes no focus
    <tr class="space" aria-hidden="true">
      <td style={{ height: `${rows * ROW_PX}px` }} />
    </tr>
  );
}

interface HeadProps {
  readonly columns: readonly Column[];
  readonly address: Address;
  readonly go: Go;
}

function Head({ columns, address: { sort, isDescending }, go }: HeadProps) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map(({ key, heading, title, isNumber, sortBy }) => {
          const isSorted = sort === key;
          return (
            <th
              key={key}
              scope="col"
              class={cellClass(key, isNumber)}
              title={title}
              aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : undefined}
            >
              {sortBy ? (
                <button type="button" onClick={() => go(nextSort(key, isSorted, isDescending))}>
                  {heading}
                </button>
              ) : (
                heading
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** Up, then down, then in the order in which Connect answers again. */
function nextSort(key: string, isSorted: boolean, isDescending: boolean) {
  if (!isSorted) return { sort: key, isDescending: false };
  return isDescending ? { sort: undefined, isDescending: false } : { sort: key, isDescending: true };
}
