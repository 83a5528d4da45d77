import type { Anchors } from '../../pattern/index.ts';
import type { ContactView, SegmentValue } from '../contact-view.ts';
import {
  FieldLookup,
  FieldLookupBuilder,
  type FieldValue,
  type Merge,
  type WrittenField,
} from './field-lookup.ts';
import type { Found } from './found.ts';
import { firstKeyOf, otherKeysOf, type Texts, textOf } from './place.ts';

/** Finds what is stored for one field, or for several below the same key, by what a contact has there. */
export interface Split<T> {
  /** Adds to `found` what is stored for the contact. */
  find(view: ContactView, found: Found<T>): void;

  written<W>(write: (value: T) => W): WrittenSplit<W>;
}

/** A split as JSON: its fields by their names, keys joined with dots. */
export type WrittenSplit<W> = readonly (readonly [name: string, field: WrittenField<W>])[];

/** The split of its written form. */
export function readSplit<W, T>(written: WrittenSplit<W>, read: (value: W) => T): Split<T> {
  return splitOf(written.map(([name, field]) => [name, FieldLookup.read(field, read)]));
}

/** Gathers what is stored for one field, or for several below the same key. */
export class SplitBuilder<S> {
  readonly #fields = new Map<string, FieldLookupBuilder<S>>();

  /** @param name - of the field, its keys joined with dots. */
  add(name: string, anchors: Anchors, value: S): void {
    const field = this.#fields.get(name) ?? new FieldLookupBuilder();
    this.#fields.set(name, field);
    field.add(anchors, value);
  }

  build<T>(merge: Merge<S, T>): Split<T> {
    return splitOf([...this.#fields].map(([name, field]) => [name, field.build(merge)]));
  }
}

function splitOf<T>(lookups: readonly (readonly [name: string, lookup: FieldLookup<T>])[]): Split<T> {
  const [[name, lookup] = [], ...others] = lookups;
  if (name === undefined || lookup === undefined) throw new RangeError('A split needs a field.');
  const first = firstKeyOf(name);
  const other = otherKeysOf(name);
  if (others.length > 0) {
    return new KeySplit(
      first as TextsKey,
      new Map(lookups.map(([one, ofField]) => [otherKeysOf(one) ?? '', ofField])),
    );
  }
  if (other === undefined) return new ValueSplit(first as keyof ContactView, lookup);
  return first === 'segmentAttributes'
    ? new SegmentSplit(other, lookup)
    : new TextSplit(first as keyof ContactView, other, lookup);
}

type TextsKey = 'tags' | 'attributes';

/** Whether the contact has any number of texts below a key. */
export function holdsTexts(firstKey: string): firstKey is TextsKey {
  return firstKey === 'tags' || firstKey === 'attributes';
}

/** By a value of the view, or a list of texts. */
class ValueSplit<T> implements Split<T> {
  readonly #key: keyof ContactView;
  readonly #lookup: FieldLookup<T>;

  constructor(key: keyof ContactView, lookup: FieldLookup<T>) {
    this.#key = key;
    this.#lookup = lookup;
  }

  written<W>(write: (value: T) => W): WrittenSplit<W> {
    return [[this.#key, this.#lookup.written(write)]];
  }

  find(view: ContactView, found: Found<T>): void {
    const value = view[this.#key];
    if (value === undefined) return;
    if (typeof value !== 'object') this.#lookup.find(value, found);
    else if (Array.isArray(value)) this.#lookup.findAll(value, found);
  }
}

/** By a text below a key. */
class TextSplit<T> implements Split<T> {
  readonly #first: keyof ContactView;
  readonly #other: string;
  readonly #lookup: FieldLookup<T>;

  constructor(first: keyof ContactView, other: string, lookup: FieldLookup<T>) {
    this.#first = first;
    this.#other = other;
    this.#lookup = lookup;
  }

  written<W>(write: (value: T) => W): WrittenSplit<W> {
    return [[`${this.#first}.${this.#other}`, this.#lookup.written(write)]];
  }

  find(view: ContactView, found: Found<T>): void {
    const texts = view[this.#first] as Texts | undefined;
    const text = texts && textOf(texts, this.#other);
    if (text !== undefined) this.#lookup.find(text, found);
  }
}

/** By all texts below a key: it costs as much as the contact has texts there, however many fields policies name. */
class KeySplit<T> implements Split<T> {
  readonly #first: TextsKey;
  readonly #lookups: ReadonlyMap<string, FieldLookup<T>>;

  constructor(first: TextsKey, lookups: ReadonlyMap<string, FieldLookup<T>>) {
    this.#first = first;
    this.#lookups = lookups;
  }

  written<W>(write: (value: T) => W): WrittenSplit<W> {
    return [...this.#lookups].map(([other, lookup]) => [`${this.#first}.${other}`, lookup.written(write)]);
  }

  find(view: ContactView, found: Found<T>): void {
    const texts: Texts | undefined = view[this.#first];
    for (const key in texts) {
      const lookup = this.#lookups.get(key);
      if (lookup === undefined) continue;
      const text = textOf(texts, key);
      if (text !== undefined) lookup.find(text, found);
    }
  }
}

/** By what segment attributes hold under a name, which may be spelled in several ways. */
class SegmentSplit<T> implements Split<T> {
  readonly #name: string;
  readonly #lookup: FieldLookup<T>;

  constructor(name: string, lookup: FieldLookup<T>) {
    this.#name = name;
    this.#lookup = lookup;
  }

  written<W>(write: (value: T) => W): WrittenSplit<W> {
    return [[`segmentAttributes.${this.#name}`, this.#lookup.written(write)]];
  }

  find({ segmentAttributes }: ContactView, found: Found<T>): void {
    if (segmentAttributes === undefined) return;
    const values = new Set<FieldValue>();
    collectUnder(segmentAttributes, this.#name, values);
    this.#lookup.findAll([...values], found);
  }
}

/** Collects the values under a name with dots: segment attributes hold maps and lists, and their keys may have dots. */
function collectUnder(node: SegmentValue, name: string, values: Set<FieldValue>): void {
  if (typeof node !== 'object') return;
  if (isSegmentList(node)) {
    for (const element of node) collectUnder(element, name, values);
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    if (key === name) addScalars(value, values);
    else if (name.startsWith(`${key}.`)) collectUnder(value, name.slice(key.length + 1), values);
  }
}

function addScalars(value: SegmentValue, values: Set<FieldValue>): void {
  if (typeof value !== 'object') values.add(value);
  else if (isSegmentList(value)) for (const element of value) addScalars(element, values);
}

function isSegmentList(value: SegmentValue): value is readonly SegmentValue[] {
  return Array.isArray(value);
}
