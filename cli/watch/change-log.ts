import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import { defined } from '../../lambda/domain/json.ts';
import type { WaitingContact } from '../state/waiting-contact.ts';
import type { PageChange, PageParts, PageState } from './page-state.ts';

/** A state in the order of states, and what is different from the one before. */
export interface NumberedChange {
  /** From 1. */
  readonly number: number;
  readonly change: PageChange;
}

/** Compares each state with the one before, so that pages get what is different alone. */
export class ChangeLog {
  #number = 0;
  #page: PageState | undefined;
  #whole: string | undefined;
  /** The JSON of each contact, by key, and of each other part, by name. */
  #contacts = new Map<string, string>();
  #parts = new Map<string, string>();

  /** The number of the last state; 0 before the first. */
  get number(): number {
    return this.#number;
  }

  /** The last state in full, as JSON; undefined before the first. */
  get whole(): string | undefined {
    this.#whole ??= this.#page && JSON.stringify(this.#page);
    return this.#whole;
  }

  /** Adds a state. */
  add(page: PageState): NumberedChange {
    const { queues, ...state } = page.state;
    const before = this.#contacts;
    this.#contacts = new Map();
    const contacts: WaitingContact[] = [];
    for (const contact of queues.flatMap((queue) => queue.contacts)) {
      const key = keyString(contact);
      const json = JSON.stringify(contact);
      if (before.get(key) !== json) contacts.push(contact);
      this.#contacts.set(key, json);
    }
    const from = this.#number;
    this.#number += 1;
    this.#page = page;
    this.#whole = undefined;
    return {
      number: this.#number,
      change: {
        from,
        state,
        queues: queues.map(({ contacts: _contacts, ...head }) => head),
        contacts,
        gone: [...before.keys()].filter((key) => !this.#contacts.has(key)),
        parts: this.#differentParts(page),
      },
    };
  }

  /** Forgets the last state, once nobody looks any more. The numbers go on. */
  clear(): void {
    this.#page = undefined;
    this.#whole = undefined;
    this.#contacts.clear();
    this.#parts.clear();
  }

  #differentParts({ state: _state, hour: { samples, ...hour }, ...rest }: PageState): Partial<PageParts> {
    const different = Object.entries({ ...rest, hour, samples }).filter(([name, part]) => {
      const json = JSON.stringify(part);
      const isDifferent = this.#parts.get(name) !== json;
      this.#parts.set(name, json);
      return isDifferent;
    });
    return defined(Object.fromEntries(different) as Partial<PageParts>);
  }
}
