import { defined } from '../../json.ts';
import type { Anchor, Anchors } from '../../pattern/index.ts';
import type { Found } from './found.ts';
import { type Excepting, PresenceLookup, type WrittenPresence } from './presence-lookup.ts';
import { type Ranged, RangeLookup, type WrittenRanges } from './range-lookup.ts';
import { type Anchored, TextLookup, type WrittenTexts } from './text-lookup.ts';

/** A value of a field that is not a list. */
export type FieldValue = string | number | boolean;

/** Makes one of all that is stored under the same anchor, in the order in which it was added. */
export type Merge<S, T> = (values: readonly S[]) => T;

/** Gathers what is stored for one field. */
export class FieldLookupBuilder<S> {
  /** By the kind and the text of the anchor. */
  readonly #texts = new Map<string, Anchored<S[]>>();
  readonly #ranges: Ranged<S>[] = [];
  readonly #present: Excepting<S>[] = [];

  /** Stores a value under each anchor. */
  add({ anchors }: Anchors, value: S): void {
    for (const anchor of anchors) {
      if (anchor.kind === 'range') {
        this.#ranges.push({ ...anchor, value });
      } else if (anchor.kind === 'present') {
        this.#present.push({ ...anchor, value });
      } else {
        const key = anchorKey(anchor);
        const stored = this.#texts.get(key);
        if (stored) stored.value.push(value);
        else this.#texts.set(key, { anchor, value: [value] });
      }
    }
  }

  build<T>(merge: Merge<S, T>): FieldLookup<T> {
    const texts = [...this.#texts.values()].map(({ anchor, value }) => ({ anchor, value: merge(value) }));
    return new FieldLookup(
      new TextLookup(texts),
      this.#ranges.length > 0 ? RangeLookup.of(this.#ranges, merge) : undefined,
      this.#present.length > 0 ? PresenceLookup.of(this.#present, merge) : undefined,
    );
  }
}

/** Equal for anchors that the same values have. */
export function anchorKey(anchor: Anchor): string {
  switch (anchor.kind) {
    case 'range':
      return `range ${anchor.low} ${anchor.high}`;
    case 'present':
      return 'present';
    default:
      return `${anchor.kind}${anchor.ignoresCase ? ' in any case' : ''} ${anchor.text}`;
  }
}

/** A look-up as JSON; without what nothing is stored in. */
export interface WrittenField<W> {
  readonly texts?: WrittenTexts<W>;
  readonly ranges?: WrittenRanges<W>;
  readonly present?: WrittenPresence<W>;
}

/** Finds what is stored for one field by its value, or its values. */
export class FieldLookup<T> {
  readonly #texts: TextLookup<T>;
  readonly #ranges: RangeLookup<T> | undefined;
  readonly #present: PresenceLookup<T> | undefined;

  constructor(
    texts: TextLookup<T>,
    ranges: RangeLookup<T> | undefined,
    present: PresenceLookup<T> | undefined,
  ) {
    this.#texts = texts;
    this.#ranges = ranges;
    this.#present = present;
  }

  static read<W, T>({ texts, ranges, present }: WrittenField<W>, read: (value: W) => T): FieldLookup<T> {
    return new FieldLookup(
      TextLookup.read(texts ?? [], read),
      ranges && RangeLookup.read(ranges, read),
      present && PresenceLookup.read(present, read),
    );
  }

  written<W>(write: (value: T) => W): WrittenField<W> {
    const texts = this.#texts.written(write);
    return defined({
      texts: texts.length > 0 ? texts : undefined,
      ranges: this.#ranges?.written(write),
      present: this.#present?.written(write),
    });
  }

  /** Adds to `found` what is stored for a field with one value. */
  find(value: FieldValue, found: Found<T>): void {
    this.#findValue(value, found);
    if (this.#present) found.push(this.#present.find(typeof value === 'string' ? value : undefined));
  }

  /** Adds to `found` what is stored for a field with several values, any of which may satisfy a requirement. */
  findAll(values: readonly FieldValue[], found: Found<T>): void {
    for (const value of values) this.#findValue(value, found);
    if (this.#present && values.length > 0) found.push(this.#present.find(undefined));
  }

  #findValue(value: FieldValue, found: Found<T>): void {
    if (typeof value === 'string') this.#texts.find(value, found);
    else if (typeof value === 'number') this.#ranges?.find(value, found);
  }
}
