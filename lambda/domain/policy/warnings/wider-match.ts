import { isObject } from '../../json.ts';
import type { Field, Pattern } from '../../pattern/pattern.ts';
import { describeValue, type Path } from '../../validation/problem.ts';

/** A warning of the code wider-match, without its policy; the path begins at the pattern. */
interface WiderMatch {
  readonly code: 'wider-match';
  readonly path: Path;
  readonly message: string;
}

/** Warns of a list of values that lets in more than it looks: its entries are alternatives, of which one must hold. */
export function widerMatchWarnings(field: Field): WiderMatch[] {
  const message = alternativesMessage(field.values) ?? signalsMessage(field);
  return message === undefined ? [] : [{ code: 'wider-match', path: field.path, message }];
}

/** Warns of a field that stands twice in a pattern: the last one counts alone, as with $or beside the same field. */
export function replacedFieldWarnings({ rules }: Pattern): WiderMatch[] {
  const byPlace = rules.flat().flatMap(({ name, path, replaces, values }): [string, WiderMatch][] => {
    if (replaces === undefined) return [];
    const message =
      `${name} stands twice in this pattern, and ${describeValue(values)} counts alone: ` +
      `${describeValue(replaces.values)} has no effect together with it. Write each field once, ` +
      'or in every branch of $or.';
    return [[path.join('\n'), { code: 'wider-match', path, message }]];
  });
  return [...new Map(byPlace).values()];
}

const ALTERNATIVES = 'The entries of a list are alternatives';

function alternativesMessage(values: readonly unknown[]): string | undefined {
  if (values.length < 2) return undefined;
  if (values.some((value) => isObject(value) && value.exists === true)) {
    return `${ALTERNATIVES}, so with { exists: true } the others have no effect. Leave out what is not meant.`;
  }
  const exclusions = values
    .filter(isObject)
    .map((value) => value['anything-but'])
    .filter((excluded) => excluded !== undefined);
  if (exclusions.length > 1) {
    const excluded: unknown[] = exclusions.flat();
    const instead = excluded.every((one) => typeof one === 'string')
      ? `Write { anything-but: [${excluded.map((one) => JSON.stringify(one)).join(', ')}] } to exclude all of them.`
      : 'Write one anything-but, which takes a list.';
    return `${ALTERNATIVES}, and what one anything-but excludes, another lets in. ${instead}`;
  }
  const readmitted = values.find((value) => [exclusions].flat(2).some((excluded) => excluded === value));
  if (readmitted !== undefined) {
    return `${ALTERNATIVES}, and ${describeValue(readmitted)} lets in what anything-but excludes. Remove one of them.`;
  }
  const [lower, upper] = [boundOf(values, '>'), boundOf(values, '<')];
  return lower !== undefined && upper !== undefined && lower < upper
    ? `${ALTERNATIVES}, so this lets in every number. ` +
        `For a range write one entry: { numeric: [">", ${lower}, "<", ${upper}] }.`
    : undefined;
}

/** The bound of an entry that compares in one direction only, such as { numeric: [">", 5] }. */
function boundOf(values: readonly unknown[], direction: '<' | '>'): number | undefined {
  for (const value of values) {
    const numeric = isObject(value) ? value.numeric : undefined;
    if (!Array.isArray(numeric) || numeric.length !== 2) continue;
    const [comparison, bound] = numeric as [string, number];
    if (comparison.startsWith(direction)) return bound;
  }
  return undefined;
}

/** A contact may have several signals: one of them is enough. */
function signalsMessage({ name, values }: Field): string | undefined {
  const excludes = values.some((value) => isObject(value) && value['anything-but'] !== undefined);
  return name === 'signals' && excludes
    ? 'One signal that is not excluded is enough, whatever other signals the contact has, and a contact without ' +
        'signals does not match. To leave out contacts with a signal, let a policy of lower precedence number ' +
        'govern them; { exists: false } matches those without any.'
    : undefined;
}
