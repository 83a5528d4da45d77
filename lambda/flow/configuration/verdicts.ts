import type { Calendars } from '../../domain/calendar/calendar.ts';
import { calendarsInForce, type PolicyParts } from '../../domain/configuration/build-policies.ts';
import type { CompiledConfiguration, NamedPart } from '../../domain/configuration/compiled.ts';
import { judgePolicy, type Verdict } from '../../domain/configuration/judge.ts';
import { preparePolicies } from '../../domain/configuration/prepare.ts';
import { defined } from '../../domain/json.ts';
import type { Settings } from '../../domain/settings.ts';

export type DerivedFacts = Pick<CompiledConfiguration, 'names' | 'usesConditions' | 'prepared'>;

/** The latest text of each parameter, with its verdict. */
type TextVerdicts = Map<string, { readonly text: string; readonly verdict: Verdict }>;

/**
 * The verdicts on the texts of parameters, and what policies name, kept in the memory of a process: the sweep looks at
 * every parameter every minute, and nearly none has changed.
 */
export class Verdicts {
  readonly #policies: TextVerdicts = new Map();
  readonly #others: TextVerdicts = new Map();
  #facts: { readonly key: string; readonly facts: DerivedFacts } | undefined;
  #context = '';
  #calendars: Calendars = new Map();

  /**
   * The verdict on the text of a policy. Never throws.
   *
   * @param calendars - those that exist; without a source: no version of it is valid.
   */
  of(
    name: string,
    text: string,
    settings: Settings,
    calendars: readonly Pick<NamedPart, 'name' | 'source'>[],
  ): Verdict {
    const context = JSON.stringify([settings, calendars]);
    if (context !== this.#context) {
      this.#policies.clear();
      this.#calendars = calendarsInForce(calendars);
      this.#context = context;
    }
    return verdictIn(this.#policies, name, text, () => judgePolicy(name, text, settings, this.#calendars));
  }

  /**
   * The verdict on a text that nothing else decides about.
   *
   * @param parameter - the name of the parameter.
   */
  ofText(parameter: string, text: string, judge: (text: string) => Verdict): Verdict {
    return verdictIn(this.#others, parameter, text, () => judge(text));
  }

  /** What functions need not work out of the policies, and what those need to know of them that do not read them. */
  factsOf({ policies, calendars, conditions }: PolicyParts): DerivedFacts {
    const key = JSON.stringify([policies, calendars, conditions]);
    if (this.#facts?.key !== key) {
      const prepared = preparePolicies(defined({ policies, calendars, conditions }));
      const { tagNames, segmentAttributePaths } = prepared.facts;
      const facts = defined({
        names: { tagNames, segmentAttributePaths },
        usesConditions: prepared.conditions.length > 0 ? (true as const) : undefined,
        prepared,
      });
      this.#facts = { key, facts };
    }
    return this.#facts.facts;
  }
}

/** The known verdict on a text, or that of `judge`, which is kept. */
function verdictIn(known: TextVerdicts, name: string, text: string, judge: () => Verdict): Verdict {
  const before = known.get(name);
  if (before?.text === text) return before.verdict;
  const verdict = judge();
  known.set(name, { text, verdict });
  return verdict;
}
