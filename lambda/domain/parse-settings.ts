import { type SettingsResult, settingsFromSource } from './settings.ts';
import { type LocatedProblem, readDocument, withReadings } from './validation/document.ts';

/**
 * Parses settings in JSON or YAML. Members that are missing have their defaults. Never throws; reports every
 * problem at once, in the order of the text.
 */
export function parseSettings(text: string): SettingsResult<LocatedProblem> {
  const document = readDocument(text);
  if (document.problems.length > 0) return { problems: document.problems };
  const result = settingsFromSource(document.value);
  if (result.settings && document.readings.length === 0) return result;
  return { problems: withReadings(result.problems.map(document.locate), document.readings) };
}
