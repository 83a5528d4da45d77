import type { Pattern, Rule, Scalar } from '../../../lambda/domain/pattern/pattern.ts';

/**
 * Event Ruler's own way of matching, the slow one: flatten the event into values with the name of their field and
 * the list elements that they lie in, then try every choice of values. The tests hold the real matcher to it.
 */
export function matchesSlowly(pattern: Pattern, event: object): boolean {
  const values: Found[] = [];
  flatten(event, [], new Map(), values);
  return pattern.rules.some((rule) => search(rule, values, new Map()));
}

/** For each list on the way to a value the index of the element that it lies in. */
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
    else
      flatten(
        value,
        inner,
        Array.isArray(node) ? new Map([...elements, [node, Number(key)]]) : elements,
        values,
      );
  }
}

function search([field, ...others]: Rule, values: readonly Found[], settled: Elements): boolean {
  if (field === undefined) return true;
  const reachable = values.filter(({ name, elements }) => name === field.name && agree(elements, settled));
  if (field.mayBeAbsent && reachable.length === 0) return search(others, values, settled);
  return reachable.some(
    ({ value, elements }) => field.test(value) && search(others, values, new Map([...settled, ...elements])),
  );
}

function agree(elements: Elements, settled: Elements): boolean {
  return [...elements].every(([list, index]) => (settled.get(list) ?? index) === index);
}
