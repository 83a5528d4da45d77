import type { Found } from './found.ts';
import { emptyNode, nodeBelow, type TrieNode } from './trie.ts';

/** A state: the longest end of what was read that is the beginning of a part. */
interface State<T> {
  readonly node: TrieNode<T>;
  /** The state of the next shorter such end; undefined for the empty text. */
  readonly shorter: State<T> | undefined;
  readonly next: Map<number, State<T>>;
}

/**
 * Finds what is stored under the parts of a text, in one pass over it however many parts there are.
 *
 * Source: A. V. Aho and M. J. Corasick, "Efficient string matching: an aid to bibliographic search", 1975.
 */
export class PartFinder<T> {
  readonly #start: State<T>;

  /** @param values - by parts, none of which is empty. */
  constructor(values: ReadonlyMap<string, T>) {
    const root = emptyNode<T>();
    for (const [part, value] of values) nodeBelow(root, part).value = value;
    this.#start = statesOf(root);
  }

  /** Adds to `found` what is stored under each part of the text, once or more often. */
  find(text: string, found: Found<T>): void {
    let state = this.#start;
    for (let index = 0; index < text.length; index++) {
      state = follow(state, text.charCodeAt(index)) ?? this.#start;
      for (let at: State<T> | undefined = state; at; at = at.shorter) {
        if (at.node.value !== undefined) found.push(at.node.value);
      }
    }
  }
}

function follow<T>(from: State<T>, unit: number): State<T> | undefined {
  for (let at: State<T> | undefined = from; at; at = at.shorter) {
    const next = at.next.get(unit);
    if (next) return next;
  }
  return undefined;
}

/** Level by level, because a state's shorter one comes from the level above. */
function statesOf<T>(root: TrieNode<T>): State<T> {
  const start: State<T> = { node: root, shorter: undefined, next: new Map() };
  const queue = [start];
  for (const state of queue) {
    for (const [unit, node] of state.node.next) {
      const shorter = (state.shorter && follow(state.shorter, unit)) ?? start;
      const next: State<T> = { node, shorter, next: new Map() };
      state.next.set(unit, next);
      queue.push(next);
    }
  }
  return start;
}
