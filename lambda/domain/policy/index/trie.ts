import type { Found } from './found.ts';

/** A node of a trie: the code units that may follow, and what is stored under the text that leads here. */
export interface TrieNode<T> {
  readonly next: Map<number, TrieNode<T>>;
  value: T | undefined;
}

export function emptyNode<T>(): TrieNode<T> {
  return { next: new Map(), value: undefined };
}

/** The node of a text below another; created where it is missing. */
export function nodeBelow<T>(root: TrieNode<T>, text: string): TrieNode<T> {
  let node = root;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const next = node.next.get(unit) ?? emptyNode<T>();
    node.next.set(unit, next);
    node = next;
  }
  return node;
}

/** Finds what is stored under the prefixes of a text, or with `isBackward` under its suffixes. */
export class Trie<T> {
  readonly #root = emptyNode<T>();
  readonly #isBackward: boolean;

  constructor(isBackward: boolean) {
    this.#isBackward = isBackward;
  }

  /** @param value - takes the place of what is stored under the text. */
  add(text: string, value: T): void {
    nodeBelow(this.#root, this.#isBackward ? text.split('').reverse().join('') : text).value = value;
  }

  /** Adds to `found` what is stored under the prefixes or suffixes of the text. */
  find(text: string, found: Found<T>): void {
    let node: TrieNode<T> | undefined = this.#root;
    for (let index = 0; index < text.length; index++) {
      node = node.next.get(text.charCodeAt(this.#isBackward ? text.length - 1 - index : index));
      if (!node) return;
      if (node.value !== undefined) found.push(node.value);
    }
  }
}
