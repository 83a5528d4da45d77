import { type Field, matches, type Pattern, type Rule } from '../../pattern/index.ts';
import type { ContactView } from '../contact-view.ts';

/** A field of the view which is read directly: `other` is the key below the first one, if there is any. */
interface DirectField {
  readonly first: keyof ContactView;
  readonly other: string | undefined;
  readonly test: Field['test'];
  readonly mayBeAbsent: boolean;
}

type Texts = Readonly<Record<string, string | undefined>>;

const DIRECT: ReadonlySet<string> = new Set<keyof ContactView>([
  ...(['instanceId', 'contactId', 'initialContactId', 'previousContactId', 'channel'] as const),
  ...(['initiationMethod', 'signals', 'transfers', 'recentContacts'] as const),
]);
const WITH_TEXTS: ReadonlySet<string> = new Set<keyof ContactView>(['queue', 'tags', 'attributes']);

/**
 * What is left to test of one of the alternatives that a policy accepts. Tests a contact as `matches` does, and faster:
 * the shape of the view is known, so a field has one place.
 */
export class Alternative {
  readonly #direct: readonly DirectField[];
  /** Fields that may have several places, or are in lists. */
  readonly #others: Pattern | undefined;

  constructor(rule: Rule) {
    const direct: DirectField[] = [];
    const others: Field[] = [];
    for (const field of rule) {
      const place = directPlace(field.name);
      if (place) direct.push({ ...place, test: field.test, mayBeAbsent: field.mayBeAbsent });
      else others.push(field);
    }
    this.#direct = direct;
    this.#others = others.length === 0 ? undefined : { rules: [others] };
  }

  accepts(view: ContactView): boolean {
    for (const field of this.#direct) if (!holds(field, view)) return false;
    return this.#others === undefined || matches(this.#others, view);
  }
}

/** The place of a field which can have no other; undefined for others. */
export function directPlace(name: string): Pick<DirectField, 'first' | 'other'> | undefined {
  if (DIRECT.has(name)) return { first: name as keyof ContactView, other: undefined };
  const dot = name.indexOf('.');
  const first = name.slice(0, dot);
  return dot > 0 && WITH_TEXTS.has(first)
    ? { first: first as keyof ContactView, other: name.slice(dot + 1) }
    : undefined;
}

function holds({ first, other, test, mayBeAbsent }: DirectField, view: ContactView): boolean {
  let value = view[first];
  // Inherited properties are not strings.
  if (other !== undefined && value !== undefined) value = ownText(value as Texts, other);
  if (value === undefined) return mayBeAbsent;
  if (typeof value !== 'object') return test(value);
  const texts = value as readonly string[];
  return texts.length === 0 ? mayBeAbsent : texts.some(test);
}

function ownText(texts: Texts, key: string): string | undefined {
  const text = texts[key];
  return typeof text === 'string' ? text : undefined;
}
