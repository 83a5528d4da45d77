import type { TextAnchor } from '../../pattern/index.ts';
import type { Found } from './found.ts';
import { PartFinder } from './part-finder.ts';
import { Trie } from './trie.ts';

/** What is stored under an anchor. */
export interface Anchored<T> {
  readonly anchor: TextAnchor;
  readonly value: T;
}

/** A look-up as JSON. */
export type WrittenTexts<W> = readonly (readonly [
  kind: TextAnchor['kind'],
  text: string,
  ignoresCase: 0 | 1,
  value: W,
])[];

/** Finds what is stored under the anchors that a text has. */
export class TextLookup<T> {
  readonly #stored: readonly Anchored<T>[];
  readonly #texts = new Map<string, T>();
  /** Of all anchors but whole texts; undefined if there are none. */
  readonly #others: OtherAnchors<T> | undefined;

  /** @param stored - of each anchor at most one. */
  constructor(stored: readonly Anchored<T>[]) {
    this.#stored = stored;
    const others: Anchored<T>[] = [];
    for (const one of stored) {
      if (one.anchor.kind === 'text' && !one.anchor.ignoresCase) this.#texts.set(one.anchor.text, one.value);
      else others.push(one);
    }
    if (others.length > 0) this.#others = new OtherAnchors(others);
  }

  static read<W, T>(written: WrittenTexts<W>, read: (value: W) => T): TextLookup<T> {
    return new TextLookup(
      written.map(([kind, text, ignoresCase, value]) => ({
        anchor: { kind, text, ignoresCase: ignoresCase === 1 },
        value: read(value),
      })),
    );
  }

  written<W>(write: (value: T) => W): WrittenTexts<W> {
    return this.#stored.map(({ anchor: { kind, text, ignoresCase }, value }) => [
      kind,
      text,
      ignoresCase ? 1 : 0,
      write(value),
    ]);
  }

  /** Adds to `found` what is stored under the anchors of the text. */
  find(text: string, found: Found<T>): void {
    const value = this.#texts.get(text);
    if (value !== undefined) found.push(value);
    if (this.#others !== undefined) this.#others.find(text, found);
  }
}

class OtherAnchors<T> {
  readonly #prefixes: Trie<T> | undefined;
  readonly #suffixes: Trie<T> | undefined;
  readonly #parts: PartFinder<T> | undefined;
  /** Of anchors that ignore case; their texts are in lower case. */
  readonly #lowerCase: TextLookup<T> | undefined;

  constructor(stored: readonly Anchored<T>[]) {
    const ofKind = (kind: TextAnchor['kind']) =>
      stored.filter(({ anchor }) => anchor.kind === kind && !anchor.ignoresCase);
    this.#prefixes = trieOf(ofKind('prefix'), false);
    this.#suffixes = trieOf(ofKind('suffix'), true);
    const parts = new Map(ofKind('part').map(({ anchor, value }) => [anchor.text, value]));
    if (parts.size > 0) this.#parts = new PartFinder(parts);
    const inLowerCase = stored
      .filter(({ anchor }) => anchor.ignoresCase)
      .map(({ anchor, value }) => ({ anchor: { ...anchor, ignoresCase: false }, value }));
    if (inLowerCase.length > 0) this.#lowerCase = new TextLookup(inLowerCase);
  }

  find(text: string, found: Found<T>): void {
    this.#prefixes?.find(text, found);
    this.#suffixes?.find(text, found);
    this.#parts?.find(text, found);
    this.#lowerCase?.find(text.toLowerCase(), found);
  }
}

function trieOf<T>(stored: readonly Anchored<T>[], isBackward: boolean): Trie<T> | undefined {
  if (stored.length === 0) return undefined;
  const trie = new Trie<T>(isBackward);
  for (const { anchor, value } of stored) trie.add(anchor.text, value);
  return trie;
}
