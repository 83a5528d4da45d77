import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { PageState } from '../cli/watch/page-state.ts';
import { OperateBar } from './acts/operate-bar.tsx';
import { Operating } from './acts/operating.tsx';
import type { Address } from './address.ts';
import { ChangePanel } from './changes/change-panel.tsx';
import { useNow } from './clock.ts';
import { type Connection, useConnection } from './connection.ts';
import { ConnectionState } from './connection-state.tsx';
import { ContactView } from './contact/contact-view.tsx';
import { columnsFor, sortValueOf } from './contacts/columns.tsx';
import { ContactTable, type TablePlace } from './contacts/contact-table.tsx';
import { FilterBar } from './contacts/filter-bar.tsx';
import { type Shown, useShown } from './contacts/shown.ts';
import { useUsedColumns } from './contacts/used-columns.ts';
import { Introduction } from './playback/introduction.tsx';
import { PlaybackBar } from './playback/playback-bar.tsx';
import { PolicyView } from './policies/policy-view.tsx';
import { QueuePanel } from './queues/queue-panel.tsx';
import { rowsOf, selectRows, sortRows } from './rows.ts';
import { SystemView } from './system/system-view.tsx';
import { TopBar } from './top-bar.tsx';
import { type Go, useAddress } from './use-address.ts';
import { isDialogOpen } from './use-key.ts';

/** The whole page. */
export function App() {
  const connection = useConnection();
  const [address, go] = useAddress();
  const now = useNow();
  useEscape(address, go);
  const { page } = connection;
  useTitle(page);
  if (!page) {
    return (
      <>
        <PlaybackBar />
        <main class="empty">
          <h1>Console</h1>
          <ConnectionState connection={connection} now={now} />
          {!connection.lostAt && !connection.failure && <p>Reading the contacts table …</p>}
          <Introduction />
        </main>
      </>
    );
  }
  return (
    <Operating at={page.state.at}>
      <PlaybackBar />
      <TopBar page={page} now={now}>
        <ConnectionState connection={connection} now={now} />
        <OperateBar calls={page.state.calls} />
      </TopBar>
      <div class="body">
        <div class="side">
          <QueuePanel page={page} address={address} go={go} now={now} />
          <ChangePanel page={page} now={now} />
        </div>
        <Main page={page} connection={connection} address={address} go={go} now={now} />
      </div>
    </Operating>
  );
}

interface MainProps {
  readonly page: PageState;
  readonly connection: Connection;
  readonly address: Address;
  readonly go: Go;
  readonly now: number;
}

function Main({ page, connection, address, go, now }: MainProps) {
  const { contact, view } = address;
  const place = useRef<TablePlace>({ top: 0, activeKey: undefined });
  const used = useUsedColumns(page);
  const shown = useShown(contact, connection.lostAt === undefined);
  if (contact)
    return (
      <ContactView
        key={`${contact.instanceId}/${contact.contactId}`}
        contact={contact}
        page={page}
        go={go}
        now={now}
      />
    );
  return (
    <main>
      <nav class="tabs" aria-label="Views">
        <Tab name="contacts" label="Contacts" view={view} go={go} />
        <Tab name="policies" label="Policies" view={view} go={go} />
        <Tab name="system" label="System" view={view} go={go} />
      </nav>
      {view === 'policies' && <PolicyView page={page} go={go} now={now} />}
      {view === 'system' && <SystemView page={page} now={now} />}
      {view === 'contacts' && (
        <Contacts
          page={page}
          address={address}
          go={go}
          now={now}
          shown={shown}
          place={place.current}
          used={used}
        />
      )}
    </main>
  );
}

interface TabProps {
  readonly name: Address['view'];
  readonly label: string;
  readonly view: Address['view'];
  readonly go: Go;
}

function Tab({ name, label, view, go }: TabProps) {
  return (
    <button
      type="button"
      aria-current={view === name ? 'page' : undefined}
      onClick={() => go({ view: name }, true)}
    >
      {label}
    </button>
  );
}

interface ContactsProps extends Omit<MainProps, 'connection'> {
  readonly shown: Shown;
  readonly place: TablePlace;
  readonly used: ReturnType<typeof useUsedColumns>;
}

function Contacts({ page, address, go, now, shown, place, used }: ContactsProps) {
  const all = useMemo(() => rowsOf(page.state.queues), [page]);
  const { queue, policy, is, find, sort, isDescending } = address;
  // Only who is late changes by time alone.
  const asOf = is === 'late' ? now : page.state.at;
  const rows = useMemo(() => {
    const selected = selectRows(
      all,
      { find, ...(queue && { queue }), ...(policy && { policy }), ...(is && { is }) },
      asOf,
    );
    return sortRows(selected, sortValueOf(sort), isDescending);
  }, [all, queue, policy, is, find, sort, isDescending, asOf]);
  const columns = columnsFor({ ...used, hasQueue: queue === undefined });
  return (
    <>
      <FilterBar page={page} address={address} go={go} shown={rows.length} total={all.length} />
      <ContactTable
        rows={rows}
        columns={columns}
        address={address}
        go={go}
        now={now}
        next={{ ...shown.next, ...page.next }}
        place={place}
        onShow={shown.show}
      />
    </>
  );
}

/** The key Escape leads from a contact back to the list. */
function useEscape({ contact }: Address, go: Go): void {
  useEffect(() => {
    if (!contact) return;
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape' && !isDialogOpen()) go({ contact: undefined }, true);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [contact, go]);
}

/** What stands on the tab of the browser: how many wait, and whether calls are stopped. */
function useTitle(page: PageState | undefined): void {
  const waiting = page?.state.queues.reduce((sum, { contacts }) => sum + contacts.length, 0) ?? 0;
  const stopped = page?.state.calls.stopped ? 'CALLS STOPPED – ' : '';
  useEffect(() => {
    document.title = page ? `${stopped}${waiting} waiting – connect-escalator` : 'connect-escalator';
  }, [stopped, waiting, page === undefined]);
}
