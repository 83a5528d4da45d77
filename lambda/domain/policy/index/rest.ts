import type { ContactView } from '../contact-view.ts';

/** What is left to test of a policy: one of the alternatives must accept the contact. */
export interface Rest {
  /** At least one. */
  readonly alternatives: readonly RuleRest[];
  accepts(view: ContactView): boolean;
}

/** What is left to test of one of the rules of a policy. */
export interface RuleRest extends Rest {
  /** Which of the rules of its pattern it is, from 0. */
  readonly number: number;
  /** The names of the fields that are left to test. */
  readonly fieldNames: readonly string[];
}

/** @param alternatives - at least one. */
export function restOf(alternatives: readonly RuleRest[]): Rest {
  const [only, ...others] = alternatives;
  return only && others.length === 0 ? only : new SeveralRules(alternatives);
}

class SeveralRules implements Rest {
  readonly alternatives: readonly RuleRest[];

  constructor(alternatives: readonly RuleRest[]) {
    this.alternatives = alternatives;
  }

  accepts(view: ContactView): boolean {
    return this.alternatives.some((alternative) => alternative.accepts(view));
  }
}

/** A rest that is read when a contact is tested first. */
export class LazyRest implements Rest {
  readonly #read: () => readonly RuleRest[];
  #rest: Rest | undefined;

  constructor(read: () => readonly RuleRest[]) {
    this.#read = read;
  }

  get alternatives(): readonly RuleRest[] {
    return this.#whole.alternatives;
  }

  accepts(view: ContactView): boolean {
    return this.#whole.accepts(view);
  }

  get #whole(): Rest {
    this.#rest ??= restOf(this.#read());
    return this.#rest;
  }
}
