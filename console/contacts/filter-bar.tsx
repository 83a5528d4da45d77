import { useRef } from 'preact/hooks';
import type { PageState } from '../../cli/watch/page-state.ts';
import { type Address, type ContactState, isFiltered, STATES } from '../address.ts';
import type { Go } from '../use-address.ts';
import { useKey } from '../use-key.ts';
import { count } from '../words.ts';

const STATE_LABELS: Readonly<Record<ContactState, string>> = {
  due: 'change due',
  held: 'held back',
  overridden: 'overridden',
  late: 'late',
};

interface FilterBarProps {
  readonly page: PageState;
  readonly address: Address;
  readonly go: Go;
  readonly shown: number;
  readonly total: number;
}

/** Chooses which contacts are listed. The key `/` leads here. */
export function FilterBar({ page, address, go, shown, total }: FilterBarProps) {
  const input = useRef<HTMLInputElement>(null);
  useKey('/', () => {
    input.current?.focus();
    input.current?.select();
  });
  const { queues, policies } = page.state;
  return (
    <search>
      <form class="filter" onSubmit={(event) => event.preventDefault()}>
        <input
          ref={input}
          type="search"
          aria-label="Find in contacts"
          placeholder="Find ( / )"
          autocomplete="off"
          spellcheck={false}
          value={address.find}
          onInput={({ currentTarget }) => go({ find: currentTarget.value })}
          onKeyDown={({ key, currentTarget }) => {
            if (key !== 'Escape') return;
            go({ find: '' });
            currentTarget.blur();
          }}
        />
        <select
          aria-label="Queue"
          value={address.queue ?? ''}
          onChange={({ currentTarget }) => go({ queue: currentTarget.value || undefined })}
        >
          <option value="">all queues</option>
          {options(
            queues.map(({ id, name }) => [id, name ?? id]),
            address.queue,
          )}
        </select>
        <select
          aria-label="Policy"
          value={address.policy ?? ''}
          onChange={({ currentTarget }) => go({ policy: currentTarget.value || undefined })}
        >
          <option value="">all policies</option>
          {options(
            policies.map(({ name }) => [name, name]),
            address.policy,
          )}
        </select>
        <select
          aria-label="State"
          value={address.is ?? ''}
          onChange={({ currentTarget }) => go({ is: STATES.find((state) => state === currentTarget.value) })}
        >
          <option value="">any state</option>
          {options(
            STATES.map((state) => [state, STATE_LABELS[state]]),
            address.is,
          )}
        </select>
        {isFiltered(address) && (
          <button
            type="button"
            onClick={() => go({ find: '', queue: undefined, policy: undefined, is: undefined })}
          >
            Show all
          </button>
        )}
        <output aria-live="polite">
          {shown === total
            ? count(total, 'contact')
            : `${shown.toLocaleString()} of ${count(total, 'contact')}`}
        </output>
      </form>
    </search>
  );
}

/** @param chosen - stays among them when nobody waits there any more. */
function options(known: readonly (readonly [value: string, label: string])[], chosen: string | undefined) {
  const all =
    chosen === undefined || known.some(([value]) => value === chosen)
      ? known
      : [...known, [chosen, chosen] as const];
  return all.map(([value, label]) => (
    <option key={value} value={value} selected={value === chosen}>
      {label}
    </option>
  ));
}
