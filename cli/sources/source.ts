import { basename, dirname } from 'node:path';
import { CALENDARS, CONDITIONS, POLICIES } from '../../lambda/domain/configuration/parameter-name.ts';
import type { EncodingProblem } from './decode.ts';

/** What policies share, each kind in a folder of its own. */
export type SharedKind = 'calendar' | 'condition';

/** What a text is. */
export type SourceKind = 'policy' | SharedKind | 'settings';

/** The text of a policy, of a calendar, of a condition or of the settings. */
export interface Source {
  /** The path of the file, or the name of the parameter. */
  readonly file: string;
  /** Name of the policy, calendar or condition; `settings` for the settings. */
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

/** How the names of parameters begin, below the prefix, and with them the folders beside the policies. */
const SHARED: Readonly<Record<SharedKind, string>> = { calendar: CALENDARS, condition: CONDITIONS };

/** Whether policies share texts of that kind. */
export function isShared(kind: SourceKind): kind is SharedKind {
  return Object.hasOwn(SHARED, kind);
}

/** Name of the folder, beside the policies, of a kind that they share: `calendars`. */
export function folderOf(kind: SharedKind): string {
  return SHARED[kind].slice(0, -1);
}

function sharedKindOf(folder: string): SharedKind | undefined {
  return (Object.keys(SHARED) as SharedKind[]).find((kind) => folderOf(kind) === folder);
}

/**
 * True for the path of a subdirectory with calendars or conditions, which is read with the policies beside it; false
 * below it.
 *
 * @param path - absolute.
 */
export function isSharedFolder(path: string): boolean {
  const isOne = (folder: string) => sharedKindOf(basename(folder)) !== undefined;
  return isOne(path) && !isOne(dirname(path));
}

/** @param folder - the name of the directory that holds the file. */
export function kindOf(name: string, folder: string): SourceKind {
  return sharedKindOf(folder) ?? (name === SETTINGS_NAME ? 'settings' : 'policy');
}

/** The name of the parameter below the prefix. */
export function parameterName({ kind, name }: Pick<Source, 'kind' | 'name'>): string {
  if (kind === 'settings') return SETTINGS_NAME;
  return (kind === 'policy' ? POLICIES : SHARED[kind]) + name;
}

/** What a person writes to name a parameter: `gold` for a policy, `calendars/support`, `settings`. */
export function shortName({ kind, name }: Pick<Source, 'kind' | 'name'>): string {
  return isShared(kind) ? parameterName({ kind, name }) : name;
}

/** The kind and name of what {@link shortName} writes. */
export function fromShortName(text: string): Pick<Source, 'kind' | 'name'> {
  const [folder = '', ...rest] = text.split('/');
  const kind = rest.length > 0 ? sharedKindOf(folder) : undefined;
  return kind ? { kind, name: rest.join('/') } : { kind: kindOf(text, ''), name: text };
}

/** The kind and name of a parameter, by its name below the prefix; undefined for one that is none of them. */
export function fromParameterName(text: string): Pick<Source, 'kind' | 'name'> | undefined {
  if (text === SETTINGS_NAME) return { kind: 'settings', name: text };
  const prefixes: Readonly<Record<Exclude<SourceKind, 'settings'>, string>> = { policy: POLICIES, ...SHARED };
  return Object.entries(prefixes).flatMap(([kind, prefix]) =>
    text.startsWith(prefix) ? [{ kind: kind as SourceKind, name: text.slice(prefix.length) }] : [],
  )[0];
}
