import type { AgentLists } from '../agent-lists.ts';
import type { Calendars } from '../calendar/calendar.ts';
import { parseCalendarText } from '../calendar/parse-text.ts';
import { parseCondition } from '../condition/parse.ts';
import { parseConditionText } from '../condition/parse-text.ts';
import { canonicalJson, defined } from '../json.ts';
import { parseSettings } from '../parse-settings.ts';
import { agentListsNamedBy } from '../policy/named-agent-lists.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { Settings } from '../settings.ts';
import { type LocatedProblem, readDocument } from '../validation/document.ts';
import { policyInForce } from './build.ts';
import type { CompiledProblem } from './compiled.ts';

const MAX_PROBLEMS = 20;
const MAX_MESSAGE_LENGTH = 500;
const MAX_PAUSE_LENGTH = 1_000;

/** A valid text's content as JSON, or the problems of an invalid one. */
export type Verdict =
  | {
      readonly source: unknown;
      /** Of a policy: the lists of agents that it names. */
      readonly agents?: AgentLists;
      readonly problems?: undefined;
    }
  | { readonly problems: readonly CompiledProblem[]; readonly problemCount: number };

/** Judges the text of a policy. Never throws, whatever parsing does: a failure is a problem of this text alone. */
export function judgePolicy(name: string, text: string, settings: Settings, calendars?: Calendars): Verdict {
  return isolated(() => {
    const { problems } = parsePolicy(name, text, settings, calendars);
    if (problems.length > 0) return refusal(problems);
    const agentsOf = (source: unknown) => defined({ agents: agentListsNamedBy(source, settings.agents) });
    const verdict = accepted(
      text,
      (source) => policyInForce({ name, source, ...agentsOf(source) }, calendars).problems,
    );
    return verdict.problems ? verdict : { ...verdict, ...agentsOf(verdict.source) };
  });
}

/** Judges the text of a calendar. Never throws, whatever parsing does. */
export function judgeCalendar(name: string, text: string): Verdict {
  return isolated(() => {
    const { problems } = parseCalendarText(name, text);
    return problems.length > 0 ? refusal(problems) : accepted(text, () => []);
  });
}

/** Judges the text of a condition. Never throws, whatever parsing does. */
export function judgeCondition(name: string, text: string): Verdict {
  return isolated(() => {
    const { problems } = parseConditionText(name, text);
    return problems.length > 0
      ? refusal(problems)
      : accepted(text, (source) => parseCondition(name, source).problems);
  });
}

/** Judges the text of the settings. Never throws, whatever parsing does. */
export function judgeSettings(text: string): Verdict {
  return isolated(() => {
    const { problems } = parseSettings(text);
    return problems.length > 0 ? refusal(problems) : accepted(text, () => []);
  });
}

/** What the parameter `pause` holds, for people. Never throws: it pauses whatever it holds. */
export function pauseValue(text: string): unknown {
  try {
    const { value, problems } = readDocument(text);
    if (problems.length === 0 && text.length <= MAX_PAUSE_LENGTH)
      return JSON.parse(JSON.stringify(value ?? null));
  } catch {
    // The text itself is shown instead.
  }
  return text.slice(0, MAX_PAUSE_LENGTH);
}

/** What a parameter holds whose text is encrypted: the system decrypts none. */
export function judgeEncrypted(): Verdict {
  return refusal([
    {
      code: 'encrypted',
      path: [],
      message:
        'The parameter is a SecureString: its text is encrypted, and the system does not decrypt it. Delete the ' +
        'parameter, and push its file: push writes the type String.',
      line: 1,
      column: 1,
    },
  ]);
}

function isolated(judge: () => Verdict): Verdict {
  try {
    return judge();
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
    return refusal([
      {
        code: 'check-failed',
        path: [],
        message: `The check of this text failed (${reason}). Simplify the text, and report it as a fault.`,
        line: 1,
        column: 1,
      },
    ]);
  }
}

/** The content as JSON, unless JSON cannot hold it: handlers would decide by something else than was written. */
function accepted(text: string, problemsOf: (source: unknown) => readonly { message: string }[]): Verdict {
  const { value, locate } = readDocument(text);
  const source: unknown = JSON.parse(JSON.stringify(value));
  const [problem] = problemsOf(source);
  if (!problem && holdsFiniteNumbers(value) && canonicalJson(source) === canonicalJson(value))
    return { source };
  const reason = problem?.message ?? 'It holds a number that JSON does not have, such as .inf or .nan.';
  return refusal([locate({ code: 'not-json', path: [], message: `JSON cannot hold this text: ${reason}` })]);
}

/** False if a number somewhere in the value is infinite or not a number. */
function holdsFiniteNumbers(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(holdsFiniteNumbers);
}

function refusal(problems: readonly LocatedProblem[]): Verdict {
  return {
    problems: problems.slice(0, MAX_PROBLEMS).map(({ code, path, message, line, column }) => ({
      code,
      path,
      message: message.slice(0, MAX_MESSAGE_LENGTH),
      line,
      column,
    })),
    problemCount: problems.length,
  };
}
