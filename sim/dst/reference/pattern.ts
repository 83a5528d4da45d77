/*
 * A small, naive part of EventBridge's event patterns: exact values, `prefix`, `numeric` and `exists`. A pattern
 * that has anything else is an error of the reference, not a mismatch.
 */

export function patternMatches(pattern: object, view: object): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const found = (view as Record<string, unknown>)[field];
    if (Array.isArray(wanted)) return wanted.some((one) => valueMatches(one, found));
    return typeof found === 'object' && found !== null && patternMatches(wanted, found);
  });
}

function valueMatches(wanted: unknown, found: unknown): boolean {
  const values = Array.isArray(found) ? found : [found];
  if (typeof wanted !== 'object' || wanted === null) return values.includes(wanted);
  const { prefix, numeric, exists, ...others } = wanted as {
    readonly prefix?: string;
    readonly numeric?: readonly [string, number];
    readonly exists?: boolean;
  };
  if (Object.keys(others).length > 0)
    throw new TypeError(`The reference does not know ${JSON.stringify(wanted)}.`);
  if (exists !== undefined) return (found !== undefined) === exists;
  if (prefix !== undefined)
    return values.some((value) => typeof value === 'string' && value.startsWith(prefix));
  const [operator, bound] = numeric ?? ['', 0];
  return values.some((value) => typeof value === 'number' && compare(value, operator, bound));
}

function compare(value: number, operator: string, bound: number): boolean {
  switch (operator) {
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '=':
      return value === bound;
  }
  throw new TypeError(`The reference does not know the comparison ${operator}.`);
}
