/** What is stored for every value, except for some texts. */
export interface Excepting<T> {
  /** Texts for which it is not wanted. */
  readonly except: readonly string[];
  readonly value: T;
}

/** Texts that have a selection of their own, at most: each repeats most of what is stored. */
const MAX_SELECTIONS = 16;

/** Fewer that are left out are not worth a selection. */
const LEAST_LEFT_OUT = 8;

/** A look-up as JSON. */
export type WrittenPresence<W> = readonly [
  all: W,
  selections: readonly (readonly [text: string, value: W])[],
];

/** Finds what is stored for a value that is there, whatever it is, but not what excludes its text. */
export class PresenceLookup<T> {
  readonly #all: T;
  readonly #selections: ReadonlyMap<string, T>;

  private constructor(all: T, selections: ReadonlyMap<string, T>) {
    this.#all = all;
    this.#selections = selections;
  }

  /** @param merged - makes one of all that is stored, or of a selection of it, in its order. */
  static of<S, T>(stored: readonly Excepting<S>[], merged: (values: readonly S[]) => T): PresenceLookup<T> {
    const counts = new Map<string, number>();
    for (const { except } of stored) {
      for (const text of new Set(except)) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const texts = [...counts]
      .filter(([, count]) => count >= LEAST_LEFT_OUT)
      .sort(([, a], [, b]) => b - a)
      .slice(0, MAX_SELECTIONS)
      .map(([text]) => text);
    const selection = (text: string) =>
      merged(stored.filter(({ except }) => !except.includes(text)).map(({ value }) => value));
    return new PresenceLookup(
      merged(stored.map(({ value }) => value)),
      new Map(texts.map((text) => [text, selection(text)])),
    );
  }

  static read<W, T>([all, selections]: WrittenPresence<W>, read: (value: W) => T): PresenceLookup<T> {
    return new PresenceLookup(read(all), new Map(selections.map(([text, value]) => [text, read(value)])));
  }

  written<W>(write: (value: T) => W): WrittenPresence<W> {
    return [write(this.#all), [...this.#selections].map(([text, value]) => [text, write(value)])];
  }

  /** @param only - the text that is the only value; undefined where there are several values, or other ones. */
  find(only: string | undefined): T {
    return (only === undefined ? undefined : this.#selections.get(only)) ?? this.#all;
  }
}
