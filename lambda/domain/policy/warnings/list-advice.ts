import { compilePattern, intendedOperator } from '../../pattern/index.ts';
import { describeValue, type Path, type Problem } from '../../validation/problem.ts';
import { patternWarnings } from './pattern.ts';

/**
 * The problems, where a value that is no list has the warning of the list that it would be. The advice to write it as a
 * list would lead from the problem to a list that never matches, as of `transfers: "2"`.
 *
 * @param written - the text of an unquoted value.
 */
export function withListAdvice<P extends Problem>(
  problems: readonly P[],
  written: (path: Path) => string | undefined,
): P[] {
  return problems.map((problem) => {
    const { code, path, found } = problem;
    if (code !== 'not-a-list') return problem;
    const keys = fieldOf(path);
    const [key = ''] = keys.slice(-1);
    if (keys.length > 1 && intendedOperator(key)) return problem;
    const warning = warningOfList(keys, found, () => written(path));
    if (warning === undefined) return problem;
    const value = describeValue(found);
    return {
      ...problem,
      message: `Found ${value}. A field takes a list of values, and [${value}] would not do: ${warning}`,
    };
  });
}

/** The names of the field in a pattern, of `match` or of the `when` of a step. */
function fieldOf(path: Path): string[] {
  const inPattern = path[0] === 'match' ? path.slice(1) : path[2] === 'when' ? path.slice(3) : [];
  return inPattern.filter((key): key is string => typeof key === 'string' && key !== '$or');
}

function warningOfList(
  keys: readonly string[],
  value: unknown,
  written: () => string | undefined,
): string | undefined {
  const source = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), [value]);
  const { pattern } = compilePattern(source);
  if (!pattern) return undefined;
  const [warning] = patternWarnings({ name: '', patterns: [{ pattern, path: [] }] }, written);
  // Its advice is about the field, and not about what the list should have.
  if (warning === undefined || warning.code === 'unknown-field') return warning?.message;
  const isValueToWrite = /Write (?!\[)|Did you mean|Remove it/.test(warning.message);
  return isValueToWrite ? `${warning.message} Put it in brackets: [ … ].` : warning.message;
}
