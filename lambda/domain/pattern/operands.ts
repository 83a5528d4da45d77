import { nearest } from '../nearest.ts';
import { type Place, report, shown, within } from './problem.ts';

/** Reports an operand that is no text. */
export function isText(place: Place, operand: unknown): operand is string {
  if (typeof operand === 'string') return true;
  report(place, {
    code: 'not-a-text',
    message: `Found ${shown(operand)}. Write a text in quotes.`,
    found: operand,
    allowed: 'a text',
  });
  return false;
}

/** Reports an empty text. */
export function isNotEmpty(place: Place, text: string): boolean {
  if (text !== '') return true;
  report(place, {
    code: 'empty-text',
    message: 'Found an empty text, which would exclude every text. Write at least one character.',
    found: text,
    allowed: 'a text of at least one character',
  });
  return false;
}

/** Reports an empty list. */
export function isNotEmptyList(place: Place, list: readonly unknown[]): boolean {
  if (list.length > 0) return true;
  report(place, {
    code: 'empty-list',
    message: 'Found an empty list. Write at least one value in it.',
    found: list,
    allowed: 'at least one value',
  });
  return false;
}

/** The one key of an operator such as `{"prefix": "a"}`. Reports none, several and an unknown one. */
export function operatorName(
  place: Place,
  expression: Readonly<Record<string, unknown>>,
  known: readonly string[],
): string | undefined {
  const names = Object.keys(expression);
  const [name = ''] = names;
  const allowed = known.join(', ');
  if (names.length !== 1) {
    const found =
      names.length === 0 ? 'an empty object' : `${names.length} keys (${shown(names.join(', '))})`;
    return report(place, {
      code: 'not-one-operator',
      message: `Found ${found}. Write an object with one key, which is one of ${allowed}.`,
      found: expression,
      allowed: `one of ${allowed}`,
    });
  }
  if (known.includes(name)) return name;
  const meant = known.length === 1 ? known[0] : nearest(name, known);
  return report(within(place, name), {
    code: 'unknown-operator',
    message: `There is no operator ${shown(name)} here. Write ${meant ? `"${meant}"` : `one of ${allowed}`}.`,
    found: name,
    allowed,
  });
}
