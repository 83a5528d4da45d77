import type { Calendars } from '../../domain/calendar/calendar.ts';
import { calendarsInForce } from '../../domain/configuration/build.ts';
import type { NamedPart } from '../../domain/configuration/compiled.ts';
import { judgePolicy, type Verdict } from '../../domain/configuration/judge.ts';
import type { Settings } from '../../domain/settings.ts';

/**
 * The verdicts on the texts of policies, kept in the memory of a process: the sweep looks at every policy every minute,
 * and nearly none has changed.
 */
export class Verdicts {
  readonly #verdicts = new Map<string, { readonly text: string; readonly verdict: Verdict }>();
  #context = '';
  #calendars: Calendars = new Map();

  /**
   * The verdict on a text. Never throws.
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
}
