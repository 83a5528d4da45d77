import { type ExactNeeds, exactNeeds } from '../pattern/needs.ts';
import type { ContactView } from '../view.ts';
import { type Branch, type Fork, grow } from './candidates-branch.ts';
import type { Policy } from './policy.ts';

/** Finds the policies that could govern a contact without asking all of them. Made by {@link buildIndex}. */
export interface PolicyIndex {
  /** For contacts of which every attribute is known that the policies ask for. */
  readonly withAttributes: Branch;
  /** For all others: there a policy may be a candidate whatever it asks of attributes. */
  readonly withoutAttributes: Branch;
}

/**
 * An index over policies by the exact texts that they need.
 *
 * @param policies in the order in which they are asked. It is by their place in this list that they are found.
 */
export function buildIndex(policies: readonly Policy[]): PolicyIndex {
  const grown = (needs: (policy: Policy) => ExactNeeds | undefined) =>
    grow(policies.map((policy, at) => ({ at, needs: needs(policy) ?? new Map(), copies: 1 })));
  const withAttributes = grown(({ match }) => match && exactNeeds(match));
  return {
    withAttributes,
    withoutAttributes: policies.some(({ matchNeedsAttributes }) => matchNeedsAttributes)
      ? grown(({ matchWithoutAttributes: match }) => match && exactNeeds(match))
      : withAttributes,
  };
}

/**
 * The places of all policies whose `match` could let the contact in, rising, each once. Others may be among them, so
 * each is still to be asked; none is left out that lets it in.
 *
 * @param attributesAreKnown whether every attribute is known that some policy asks for. Where it is false, the policies
 *   are found by `matchWithoutAttributes`, which holds for policies that are asked for `match` all the same.
 */
export function candidates(index: PolicyIndex, view: ContactView, attributesAreKnown: boolean): Candidates {
  const lists: (readonly number[])[] = [];
  collect(attributesAreKnown ? index.withAttributes : index.withoutAttributes, view, lists);
  return new Candidates(lists);
}

type Lists = (readonly number[])[];

function collect(branch: Branch, view: ContactView, lists: Lists): void {
  if (branch.places.length > 0) lists.push(branch.places);
  for (const fork of branch.forks) {
    const value = under(view, fork.top as keyof ContactView);
    if (fork.below === undefined) {
      if (typeof value === 'string') follow(fork, value, view, lists);
      else if (Array.isArray(value)) for (const text of value) follow(fork, text, view, lists);
    } else if (typeof value === 'object') {
      // What objects inherit is no text.
      const text = (value as Readonly<Record<string, string | undefined>>)[fork.below];
      if (typeof text === 'string') follow(fork, text, view, lists);
    }
  }
}

function follow({ byText }: Fork, text: string, view: ContactView, lists: Lists): void {
  const further = byText.get(text);
  if (further) collect(further, view, lists);
}

/**
 * What a view has under one of its keys. Its type says what makes two look-ups enough to find a field, however many
 * dots its name has: no list of objects, and under an object texts alone.
 */
function under(
  view: ContactView,
  key: keyof ContactView,
): string | number | readonly string[] | Texts | undefined {
  return view[key];
}

type Texts = Readonly<Record<string, string | undefined>>;

/** Beyond every place. A small integer, so that lists of places stay lists of small integers. */
const NONE = 2 ** 30 - 1;

/** Merges lists of rising numbers only as far as it is asked to: mostly one of the first candidates governs. */
export class Candidates {
  readonly #lists: Lists;
  /** How far each list was read: the place of its head. */
  readonly #reads: number[] = [];
  /** The head of each list; none is left where it is NONE. */
  readonly #heads: number[] = [];

  constructor(lists: Lists) {
    this.#lists = lists;
    for (const list of lists) {
      this.#reads.push(0);
      this.#heads.push(list[0] ?? NONE);
    }
  }

  /** The next place, or -1 after the last one. */
  next(): number {
    const heads = this.#heads;
    let least = NONE;
    for (let index = 0; index < heads.length; index++) {
      const head = heads[index] as number;
      if (head < least) least = head;
    }
    if (least === NONE) return -1;
    // A policy that needs one of several texts may stand in several lists.
    for (let index = 0; index < heads.length; index++) {
      if (heads[index] !== least) continue;
      const read = (this.#reads[index] as number) + 1;
      this.#reads[index] = read;
      heads[index] = this.#lists[index]?.[read] ?? NONE;
    }
    return least;
  }
}
