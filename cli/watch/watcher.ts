import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import { AwsError } from '../errors.ts';
import { type NextChange, nextChange } from '../state/next-change.ts';
import type { ReadState, StateReader } from '../state/read-state.ts';
import { type RecentHour, RecentHourMemory } from '../state/recent-hour.ts';
import type { SystemState } from '../state/system-state.ts';

/** What the page shows. */
export interface PageState {
  readonly state: SystemState;
  readonly hour: RecentHour;
  /** The next changes of the contacts that are shown, by `instanceId#contactId`. */
  readonly next: Readonly<Record<string, NextChange>>;
}

/** What became of a look at the table. */
export type LookResult =
  | { readonly name: 'state'; readonly data: PageState }
  | { readonly name: 'failure'; readonly data: { readonly message: string } };

/** Contacts that a page shows in full, at most: rows on its screen, and the one that is open. */
const MAX_SHOWN = 500;

/** Looks at the table for the pages that are open, again and again. */
export class Watcher {
  readonly #reader: StateReader;
  #memory: RecentHourMemory | undefined;
  #shown: readonly ContactKey[] = [];
  #last: ReadState | undefined;

  constructor(reader: StateReader) {
    this.#reader = reader;
  }

  /** The last look; undefined before the first. */
  get last(): ReadState | undefined {
    return this.#last;
  }

  /** Sets which contacts are on the screen: their records are read at each look. */
  show(contacts: readonly ContactKey[]): void {
    this.#shown = contacts.slice(0, MAX_SHOWN);
  }

  /** Looks once. A request that fails is a result. */
  async look(): Promise<LookResult> {
    try {
      const read = await this.#reader.read(this.#shown);
      this.#last = read;
      this.#memory ??= new RecentHourMemory(read.state.at);
      this.#memory.add(read.state, read.left);
      return {
        name: 'state',
        data: { state: read.state, hour: this.#memory.hour, next: nextChanges(read, this.#shown) },
      };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { name: 'failure', data: { message: error.message } };
    }
  }
}

function nextChanges(
  { records, context, state }: ReadState,
  shown: readonly ContactKey[],
): Record<string, NextChange> {
  const keys = new Set(shown.map(keyString));
  return Object.fromEntries(
    records.flatMap((record) => {
      const key = keyString(record);
      const next = keys.has(key) ? nextChange(record, context, state.at) : undefined;
      return next ? [[key, next] as const] : [];
    }),
  );
}
