import { type SettingsResult, settingsFromSource } from './settings.ts';
import { inTextOrder, type LocatedProblem, readDocument } from './validation/document.ts';

/**
 * Parses settings in JSON or YAML. Members that are missing have their defaults. Never throws; reports every
 * problem at once, in the order of the text.
 */
export function parseSettings(text: string): SettingsResult<LocatedProblem> {
  const document = readDocument(text);
  if (document.problems.length > 0) return { problems: document.problems };
  const result = settingsFromSource(document.value);
  if (result.settings) return result;
  return { problems: inTextOrder(result.problems.map(document.locate)) };
}
