import { createProblem, type Path, type Problem, typeProblem } from './problem.ts';

/** As long as the values are that a message shows in full. */
const MAX_ADVICE_LENGTH = 200;

/**
 * Creates the problem of a value that is no list where one is expected.
 *
 * @param entries - what to write into the list; undefined where that cannot be known.
 */
export function noListProblem(
  path: Path,
  found: unknown,
  allowed: string,
  entries: readonly unknown[] | undefined,
): Problem {
  return advised(typeProblem(path, found, allowed), entries);
}

/** Creates the problem of an entry of a list that is no text. @param instead - the text that was probably meant. */
export function noTextProblem(path: Path, found: unknown, allowed: string, instead?: string): Problem {
  return advised(typeProblem(path, found, allowed), instead);
}

function advised(problem: Problem, instead: unknown): Problem {
  const text = instead === undefined ? '' : JSON.stringify(instead).replaceAll('","', '", "');
  const isShown = text !== '' && text.length <= MAX_ADVICE_LENGTH;
  return isShown ? { ...problem, message: `${problem.message} Write ${text}.` } : problem;
}

/** Creates the problem of a list with too few or too many entries. */
export function lengthProblem(path: Path, list: readonly unknown[], allowed: string): Problem {
  if (list.length > 0) {
    const problem = createProblem('out-of-range', path, list.length, allowed);
    return {
      ...problem,
      message: `Found ${list.length === 1 ? 'one entry' : `${list.length} entries`}; expected ${allowed}.`,
    };
  }
  return {
    code: 'out-of-range',
    path,
    message: `Found an empty list; expected ${allowed}. Write an entry, or leave the key out if it is optional.`,
    found: 0,
    allowed,
  };
}
