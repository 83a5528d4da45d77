import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import { formatRefusal } from '../aws/configuration-in-force.ts';
import { AwsError } from '../errors.ts';
import type { RecentChangeList } from '../state/changes/change-lists.ts';
import { comingChanges } from '../state/changes/coming-changes.ts';
import { RecentChangesMemory } from '../state/changes/recent-changes-memory.ts';
import { type NextChange, nextChange } from '../state/next-change.ts';
import type { ReadState, StateReader } from '../state/read-state.ts';
import { type RecentHour, RecentHourMemory } from '../state/recent-hour.ts';
import type { LookFailure, PageState } from './page-state.ts';

/** What became of a look at the table. */
export type LookResult =
  | { readonly name: 'state'; readonly data: PageState }
  | { readonly name: 'failure'; readonly data: LookFailure };

/** What is shown besides the table. */
type BesideTable = Pick<PageState, 'figures' | 'authors'>;

/** Contacts that pages show in full, at most: rows on their screens, and those that are open. */
const MAX_SHOWN = 500;

/** Looks at the table for the pages that are open, again and again. */
export class Watcher {
  readonly #reader: StateReader;
  readonly #onMore: (page: PageState) => void;
  readonly #shown = new Map<string, readonly ContactKey[]>();
  #memory: RecentHourMemory | undefined;
  readonly #recent = new RecentChangesMemory();
  #last: ReadState | undefined;
  #beside: BesideTable = {};
  #isFailing = false;
  /** While it is read what the table does not tell. */
  #reading: Promise<void> | undefined;
  #defect: { readonly error: unknown } | undefined;

  /**
   * @param onMore - called with the last state once more is known than the table tells: that may take longer than a look,
   *   and holds none up. Default: nothing.
   */
  constructor(reader: StateReader, onMore: (page: PageState) => void = () => {}) {
    this.#reader = reader;
    this.#onMore = onMore;
  }

  /** The last look that succeeded; undefined before the first. */
  get last(): ReadState | undefined {
    return this.#last;
  }

  /**
   * Sets which contacts are on the screen of a page: their records are read at each look.
   *
   * @returns their next changes as of the last look, by `instanceId#contactId`.
   */
  show(page: string, contacts: readonly ContactKey[]): Readonly<Record<string, NextChange>> {
    const shown = contacts.slice(0, MAX_SHOWN);
    this.#shown.set(page, shown);
    return this.#last ? nextChanges(this.#last, shown) : {};
  }

  /** Forgets a page that was closed. */
  forget(page: string): void {
    this.#shown.delete(page);
  }

  /** Looks once. A request that fails is a result. */
  async look(): Promise<LookResult> {
    if (this.#defect) throw this.#defect.error;
    try {
      const read = await this.#reader.read(this.#allShown());
      this.#isFailing = false;
      this.#last = read;
      this.#memory ??= new RecentHourMemory(read.state.at);
      this.#memory.add(read.state, read.left);
      this.#recent.add(read);
      this.#reading ??= this.#readBeside(read)
        .catch((error: unknown) => {
          this.#defect = { error };
        })
        .finally(() => {
          this.#reading = undefined;
        });
      return { name: 'state', data: this.#page(read, this.#memory.hour) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#isFailing = true;
      return { name: 'failure', data: { message: error.message } };
    }
  }

  #allShown(): readonly ContactKey[] {
    return [...this.#shown.values()].flat().slice(0, MAX_SHOWN);
  }

  #page(read: ReadState, hour: RecentHour): PageState {
    return { ...pageState(read, this.#allShown(), hour, this.#recent.list), ...this.#beside };
  }

  async #readBeside({ state: { at }, compiled }: ReadState): Promise<void> {
    const before = this.#beside;
    const [figures, authors] = await Promise.all([
      this.#reader.figures(at),
      this.#reader.authors(compiled?.policies ?? [], at),
    ]);
    this.#beside = { figures, authors };
    const isSame = before.figures === figures && before.authors === authors;
    if (isSame || this.#isFailing || !this.#last || !this.#memory) return;
    this.#onMore(this.#page(this.#last, this.#memory.hour));
  }
}

function pageState(
  read: ReadState,
  shown: readonly ContactKey[],
  hour: RecentHour,
  recent: RecentChangeList,
): PageState {
  const { state, context, compiled } = read;
  return {
    state,
    hour,
    next: nextChanges(read, shown),
    recent,
    coming: comingChanges(read),
    tagNames: context.policies.tagNames,
    refusals: compiled ? state.refused.map((refusal) => formatRefusal(refusal, compiled)) : [],
  };
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
