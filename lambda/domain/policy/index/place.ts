import type { ContactView } from '../contact-view.ts';

/** The place of a field in the view: a key, and perhaps one below it. */
export interface Place {
  readonly first: keyof ContactView;
  readonly other: string | undefined;
}

const DIRECT: ReadonlySet<string> = new Set<keyof ContactView>([
  ...(['instanceId', 'contactId', 'initialContactId', 'previousContactId', 'channel'] as const),
  ...(['initiationMethod', 'signals', 'transfers', 'recentContacts'] as const),
]);
const WITH_TEXTS: ReadonlySet<string> = new Set<keyof ContactView>(['queue', 'tags', 'attributes']);

/** The place of a field which can have no other; undefined for others. */
export function directPlace(name: string): Place | undefined {
  const [first, other] = [firstKeyOf(name), otherKeysOf(name)];
  return (other === undefined ? DIRECT : WITH_TEXTS).has(first)
    ? { first: first as keyof ContactView, other }
    : undefined;
}

/** The first key of the name of a field. */
export function firstKeyOf(name: string): string {
  const dot = name.indexOf('.');
  return dot === -1 ? name : name.slice(0, dot);
}

/** The other keys, joined with dots; undefined if there are none. */
export function otherKeysOf(name: string): string | undefined {
  const dot = name.indexOf('.');
  return dot === -1 ? undefined : name.slice(dot + 1);
}

/** What the view has below a key with texts. */
export type Texts = Readonly<Record<string, string | undefined>>;

/** A text below a key: however many dots its name has, one look-up finds it. Inherited properties are not strings. */
export function textOf(texts: Texts, key: string): string | undefined {
  const text = texts[key];
  return typeof text === 'string' ? text : undefined;
}
