import type { ContactView } from '../contact-view.ts';
import type { TreeNode } from './decision-tree.ts';
import type { Found } from './found.ts';

/** Greater than every index; a small integer, which V8 keeps in the object itself. */
const NONE = 2 ** 30 - 1;

/**
 * Looks in a tree for the first policy, in order of evaluation, that accepts a contact. A decision makes no lists: a
 * node is looked at as soon as a split finds it, and only policies before the first one so far are tested.
 */
export class Search implements Found<TreeNode> {
  readonly #view: ContactView;
  readonly #from: number;
  #first = NONE;

  /** @param from - policies before this index are not tested. */
  constructor(view: ContactView, from: number) {
    this.#view = view;
    this.#from = from;
  }

  /** The index of the first policy that accepts the contact, of the nodes that were looked at; -1 where none does. */
  get first(): number {
    return this.#first === NONE ? -1 : this.#first;
  }

  /** Looks at a node, and at those to which its splits lead. */
  push({ indexes, rests, splits }: TreeNode): void {
    // What no split tells apart is general, and as a rule behind the others.
    for (let at = 0; at < splits.length; at++) splits[at]?.find(this.#view, this);
    for (let at = 0; at < indexes.length; at++) {
      const index = indexes[at] as number;
      if (index >= this.#first) return;
      if (index < this.#from) continue;
      const rest = rests[at];
      if (rest === undefined || rest.accepts(this.#view)) this.#first = index;
    }
  }
}
