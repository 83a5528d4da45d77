import { isObject } from '../json.ts';
import { meantKey } from './meant-key.ts';
import { unlikelyText } from './unlikely-text.ts';

/** A position in a document: the keys and indexes that lead to it from the top. */
export type Path = readonly (string | number)[];

/** One error in a document that a person wrote. */
export interface Problem {
  /** A stable identifier, such as `unknown-key`. docs/diagnostics.md explains each one. */
  readonly code: string;
  readonly path: Path;
  /** A complete sentence: what was found, what is allowed, what to write instead. */
  readonly message: string;
  /** The value in the document; undefined where a value is missing. */
  readonly found?: unknown;
  readonly allowed?: string;
}

/** As long as the key of a contact tag may be. */
const MAX_KEY_LENGTH = 128;
const MAX_PATH_LENGTH = 400;

/**
 * Formats a path as `steps[1].set.priority`. The path of the document itself is the empty string. A long key, and a long
 * path, is cut.
 */
export function formatPath(path: Path): string {
  const texts = path.map((part, index) => {
    if (typeof part === 'number') return `[${part}]`;
    return (index === 0 ? '' : '.') + cut(part, MAX_KEY_LENGTH);
  });
  return cut(texts.join(''), MAX_PATH_LENGTH);
}

function cut(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength - 3)}...` : text;
}

/** Problems of one text that are reported in full: those who correct them correct most of the others, too. */
const MAX_PROBLEMS = 20;

/**
 * The first problems of a text, and a sentence that says how many more there are.
 *
 * @param max - how many are reported. Default: 20.
 */
export function firstProblems<P>(
  problems: readonly P[],
  max = MAX_PROBLEMS,
): { readonly first: readonly P[]; readonly rest: readonly string[] } {
  const more = problems.length - max;
  return {
    first: problems.slice(0, max),
    rest: more > 0 ? [`There ${more === 1 ? 'is one more problem' : `are ${more} more problems`}.`] : [],
  };
}

/** Formats a problem as one line: `steps[1].set.priority: … (out-of-range)`. */
export function formatProblem({ code, path, message }: Problem): string {
  return path.length === 0 ? `${message} (${code})` : `${formatPath(path)}: ${message} (${code})`;
}

const MAX_DESCRIPTION_LENGTH = 60;

/**
 * Describes a value in a message: its JSON, cut off after 60 characters. Never throws; a value without JSON,
 * such as a list that contains itself, is described by its type.
 */
export function describeValue(value: unknown): string {
  const json = showInvisible(toJson(value));
  if (json !== undefined) {
    return cut(json, MAX_DESCRIPTION_LENGTH);
  }
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return value === undefined ? 'nothing' : String(value);
}

/** Spaces other than the plain one, and characters that take no room or turn the direction of the text. */
const INVISIBLE =
  /[\u0080-\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb]/gu;

/** Writes characters that nobody can see as escapes, such as `\u00a0` for a space that does not break. */
function showInvisible(json: string | undefined): string | undefined {
  return json?.replaceAll(
    INVISIBLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function toJson(value: unknown): string | undefined {
  // JSON has no NaN and no infinity; YAML does.
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/**
 * Creates a problem with the usual message: `Found <found>; expected <allowed>.`
 *
 * @param suggestion - what the author probably meant.
 */
export function createProblem(
  code: string,
  path: Path,
  found: unknown,
  allowed: string,
  suggestion?: string,
): Problem {
  if (code === 'missing' && found === undefined) return missingProblem(path, allowed);
  return {
    code,
    path,
    message: `Found ${describeValue(found)}; expected ${allowed}.${didYouMean(suggestion)}`,
    found,
    allowed,
  };
}

/** Creates the problem of a value that is missing or has the wrong type. */
export function typeProblem(path: Path, found: unknown, allowed: string): Problem {
  const problem = createProblem(found === undefined ? 'missing' : 'wrong-type', path, found, allowed);
  return found === null ? { ...problem, message: problem.message + nullAdvice(path) } : problem;
}

/** What to do about a null, as YAML reads a key or a dash without a value; with a space before it. */
export function nullAdvice(path: Path): string {
  return typeof path.at(-1) === 'number'
    ? ' Write a value, or remove the entry.'
    : ' Write a value, or leave the key out if it is optional.';
}

/** Creates the problem of a document without content. */
export function emptyProblem(allowed: string): Problem {
  return {
    code: 'wrong-type',
    path: [],
    message: `This is empty; expected ${allowed}.`,
    found: null,
    allowed,
  };
}

/**
 * Creates the problem of a key that the schema does not define. Such a key is never ignored.
 *
 * @param object - the object that has the key. A known key that it has already is no suggestion. Default: any is.
 */
export function unknownKeyProblem(
  path: Path,
  key: string,
  known: readonly string[],
  object?: unknown,
): Problem {
  const allowed = known.join(', ');
  const advice = keyAdvice(key, known, object) ?? didYouMean(meantKey(key, known, object));
  return {
    code: 'unknown-key',
    path,
    message: `${describeValue(key)} is not a known key; expected one of ${allowed}.${advice}`,
    found: key,
    allowed,
  };
}

/** What to do about a key that is none by its form or by its place, with a space before it; undefined for others. */
function keyAdvice(key: string, known: readonly string[], object: unknown): string | undefined {
  const [, name = '', rest = ''] = /^(\w+):(\S.*)$/s.exec(key) ?? [];
  if (known.includes(name)) {
    return ` Write ${JSON.stringify(`${name}: ${rest}`)} without quotes, with a space after the colon.`;
  }
  const unlikely = unlikelyText(key, true);
  if (unlikely !== undefined) return ` It ${unlikely}`;
  const value = isObject(object) ? object[key] : undefined;
  const isWrapper = isObject(value) && Object.keys(value).some((inner) => known.includes(inner));
  return isWrapper ? ` Write what is in it here, without ${describeValue(key)} around it.` : undefined;
}

/** Creates the problem of an object that has neither or both of two members and must have exactly one. */
export function exactlyOneOfProblem(
  code: string,
  path: Path,
  [a, b]: readonly [string, string],
  hasBoth: boolean,
  allowed = `one of ${a} and ${b}`,
): Problem {
  const found = hasBoth ? `both ${a} and ${b}` : `neither ${a} nor ${b}`;
  return { code, path, message: `Found ${found}; expected ${allowed}.`, found, allowed };
}

/** The suggestion at the end of a message; empty without one. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean ${JSON.stringify(suggestion)}?`;
}

function missingProblem(path: Path, allowed: string): Problem {
  const last = path.at(-1);
  const name = typeof last === 'string' ? last : formatPath(path) || 'This';
  return { code: 'missing', path, message: `${name} is missing; expected ${allowed}.`, allowed };
}
