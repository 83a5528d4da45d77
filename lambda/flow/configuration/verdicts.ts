import type { Calendars } from '../../domain/calendar/calendar.ts';
import { buildPolicies, calendarsInForce } from '../../domain/configuration/build.ts';
import type { CompiledConfiguration, NamedPart } from '../../domain/configuration/compiled.ts';
import { judgePolicy, type Verdict } from '../../domain/configuration/judge.ts';
import { defined } from '../../domain/json.ts';
import type { Settings } from '../../domain/settings.ts';

type PolicyParts = Pick<CompiledConfiguration, 'policies' | 'calendars' | 'conditions'>;
export type PolicyFacts = Pick<CompiledConfiguration, 'names' | 'usesConditions'>;

/**
 * The verdicts on the texts of parameters, and what policies name, kept in the memory of a process: the sweep looks at every
 * parameter every minute, and nearly none has changed.
 */
export class Verdicts {
  readonly #texts = new Map<string, { readonly text: string; readonly verdict: Verdict }>();
  #facts: { readonly key: string; readonly facts: PolicyFacts } | undefined;
  readonly #verdicts = new Map<string, { readonly text: string; readonly verdict: Verdict }>();
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
      this.#verdicts.clear();
      this.#calendars = calendarsInForce(calendars);
      this.#context = context;
    }
    const known = this.#verdicts.get(name);
    if (known?.text === text) return known.verdict;
    const verdict = judgePolicy(name, text, settings, this.#calendars);
    this.#verdicts.set(name, { text, verdict });
    return verdict;
  }
  /**
   * The verdict on a text that nothing else decides about.
   *
   * @param parameter - the name of the parameter.
   */
  ofText(parameter: string, text: string, judge: (text: string) => Verdict): Verdict {
    const known = this.#texts.get(parameter);
    if (known?.text === text) return known.verdict;
    const verdict = judge(text);
    this.#texts.set(parameter, { text, verdict });
    return verdict;
  }

  /** What functions need to know of the policies that do not read them. */
  factsOf({ policies, calendars, conditions }: PolicyParts): PolicyFacts {
    const key = JSON.stringify([policies, calendars, conditions]);
    if (this.#facts?.key !== key) {
      const built = buildPolicies(defined({ policies, calendars, conditions }));
      const { tagNames, segmentAttributePaths } = built.policies;
      const facts = defined({
        names: { tagNames, segmentAttributePaths },
        usesConditions: built.conditions.length > 0 ? (true as const) : undefined,
      });
      this.#facts = { key, facts };
    }
    return this.#facts.facts;
  }
}
