import { basename, dirname } from 'node:path';
import { CALENDARS, POLICIES } from '../../lambda/domain/configuration/parameter-name.ts';
import type { EncodingProblem } from './decode.ts';

/** What a text is. */
export type SourceKind = 'policy' | 'calendar' | 'settings';

/** The text of a policy, of a calendar or of the settings. */
export interface Source {
  /** The path of the file, or the name of the parameter. */
  readonly file: string;
  /** Name of the policy or calendar; `settings` for the settings. */
  readonly name: string;
  readonly kind: SourceKind;
  readonly text: string;
  /** Why the text cannot be trusted: its file is not in UTF-8. */
  readonly encodingProblem?: EncodingProblem;
}

/** Name of the parameter and of the file that hold the settings. */
export const SETTINGS_NAME = 'settings';

/** Name of the file in which push and pull note what they wrote, beside the policies. */
export const MANIFEST_NAME = '.escalator.json';

/** File extensions of policies and settings. */
export const FILE_EXTENSIONS = ['.yaml', '.yml', '.json'] as const;

/**
 * The file name without its extension: the name of the policy. Undefined for a name with none of the
 * {@link FILE_EXTENSIONS}. Windows and other systems write extensions in capital letters, too.
 */
export function sourceName(fileName: string): string | undefined {
  const extension = FILE_EXTENSIONS.find((one) => fileName.toLowerCase().endsWith(one));
  return extension && fileName.slice(0, -extension.length);
}

/** Name of the subdirectory that holds the calendars, beside the policies. */
export const CALENDARS_FOLDER = 'calendars';

/**
 * True for the path of a subdirectory with calendars, which is read with the policies beside it; false below it.
 *
 * @param path - absolute.
 */
export function isCalendarsFolder(path: string): boolean {
  return basename(path) === CALENDARS_FOLDER && basename(dirname(path)) !== CALENDARS_FOLDER;
}

/** @param folder - the name of the directory that holds the file. */
export function kindOf(name: string, folder: string): SourceKind {
  if (folder === CALENDARS_FOLDER) return 'calendar';
  return name === SETTINGS_NAME ? 'settings' : 'policy';
}

/** The name of the parameter below the prefix. */
export function parameterName({ kind, name }: Pick<Source, 'kind' | 'name'>): string {
  switch (kind) {
    case 'settings':
      return SETTINGS_NAME;
    case 'calendar':
      return `${CALENDARS}${name}`;
    case 'policy':
      return `${POLICIES}${name}`;
  }
}

/** What a person writes to name a parameter: `gold` for a policy, `calendars/support`, `settings`. */
export function shortName({ kind, name }: Pick<Source, 'kind' | 'name'>): string {
  return kind === 'calendar' ? parameterName({ kind, name }) : name;
}

/** The kind and name of what {@link shortName} writes. */
export function fromShortName(text: string): Pick<Source, 'kind' | 'name'> {
  const [folder = '', ...rest] = text.split('/');
  return folder === CALENDARS_FOLDER && rest.length > 0
    ? { kind: 'calendar', name: rest.join('/') }
    : { kind: kindOf(text, ''), name: text };
}
