import type { Pattern, Rule, Scalar } from '../../../lambda/domain/pattern/pattern.ts';

/**
 * A reference implementation of Event Ruler's slow matching algorithm: it flattens the event into values,
 * each with the name of its field and the list elements that contain it, then tries every combination of
 * values.
 */
export function matchesSlowly(pattern: Pattern, event: object): boolean {
  const values: Found[] = [];
  flatten(event, [], new Map(), values);
  return pattern.rules.some((rule) => search(rule, values, new Map()));
}

/** The lists that contain a value, each with the index of the element that contains it. */
type Elements = ReadonlyMap<object, number>;

interface Found {
  readonly name: string;
  readonly value: Scalar;
  readonly elements: Elements;
}

function flatten(node: object, keys: readonly string[], elements: Elements, values: Found[]): void {
  for (const [key, value] of Object.entries(node)) {
    const inner = Array.isArray(node) ? keys : [...keys, key];
    if (typeof value !== 'object' || value === null) values.push({ name: inner.join('.'), value, elements });
    else {
      const innerElements = Array.isArray(node) ? new Map([...elements, [node, Number(key)]]) : elements;
      flatten(value, inner, innerElements, values);
    }
  }
}

function search([field, ...others]: Rule, values: readonly Found[], selected: Elements): boolean {
  if (field === undefined) return true;
  const reachable = values.filter(({ name, elements }) => name === field.name && agree(elements, selected));
  if (field.mayBeAbsent && reachable.length === 0) return search(others, values, selected);
  return reachable.some(
    ({ value, elements }) => field.test(value) && search(others, values, new Map([...selected, ...elements])),
  );
}

function agree(elements: Elements, selected: Elements): boolean {
  return [...elements].every(([list, index]) => (selected.get(list) ?? index) === index);
}
