import type { AgentLists } from '../agent-lists.ts';
import type { Calendars } from '../calendar/calendar.ts';
import { parseCalendarText } from '../calendar/parse-text.ts';
import { parseConditionText } from '../condition/parse-text.ts';
import { defined } from '../json.ts';
import { parseSettings } from '../parse-settings.ts';
import { agentListsNamedBy } from '../policy/named-agent-lists.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { Settings } from '../settings.ts';
import { type LocatedProblem, readDocument } from '../validation/document.ts';
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
    const source = contentOf(text);
    return { source, ...defined({ agents: agentListsNamedBy(source, settings.agents) }) };
  });
}

/** Judges the text of a calendar. Never throws, whatever parsing does. */
export function judgeCalendar(name: string, text: string): Verdict {
  return isolated(() => {
    const { problems } = parseCalendarText(name, text);
    return problems.length > 0 ? refusal(problems) : { source: contentOf(text) };
  });
}

/** Judges the text of a condition. Never throws, whatever parsing does. */
export function judgeCondition(name: string, text: string): Verdict {
  return isolated(() => {
    const { problems } = parseConditionText(name, text);
    return problems.length > 0 ? refusal(problems) : { source: contentOf(text) };
  });
}

/** Judges the text of the settings. Never throws, whatever parsing does. */
export function judgeSettings(text: string): Verdict {
  return isolated(() => {
    const { problems } = parseSettings(text);
    return problems.length > 0 ? refusal(problems) : { source: contentOf(text) };
  });
}

/** What the parameter `pause` holds, for people. Never throws: it pauses whatever it holds. */
export function pauseValue(text: string): unknown {
  try {
    const { value, problems } = readDocument(text);
    if (problems.length === 0 && text.length <= MAX_PAUSE_LENGTH) return JSON.parse(JSON.stringify(value));
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

/** The content of a valid text as JSON. */
function contentOf(text: string): unknown {
  return JSON.parse(JSON.stringify(readDocument(text).value));
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
