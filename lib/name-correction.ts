import { closestMatch } from '../lambda/domain/validation/suggestion.ts';

/** What to write instead of a name that is not known: the one that is similar, or any of all. */
export function nameCorrection(name: string, known: readonly string[]): string {
  const suggestion = closestMatch(name, known);
  return suggestion ? `Did you mean "${suggestion}"?` : `Expected ${known.join(', ')}.`;
}
