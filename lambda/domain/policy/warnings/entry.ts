import { compilePattern, type Pattern } from '../../pattern/index.ts';
import type { Field } from '../../pattern/pattern.ts';

/** An entry of the list of a field in a valid pattern, compiled alone, so that values can be tested with it. */
export function compileEntry(entry: unknown): Field {
  const { rules } = compilePattern({ field: [entry] }).pattern as Pattern;
  const [[field]] = rules as readonly [readonly [Field]];
  return field;
}
