import { judgePolicy, type Verdict } from '../../domain/configuration/judge.ts';
import type { Settings } from '../../domain/settings.ts';

/**
 * The verdicts on the texts of policies, kept in the memory of a process: the sweep looks at every policy every minute,
 * and nearly none has changed.
 */
export class Verdicts {
  readonly #verdicts = new Map<string, { readonly text: string; readonly verdict: Verdict }>();
  #settings = '';

  /** The verdict on a text. Never throws. */
  of(name: string, text: string, settings: Settings): Verdict {
    const settingsText = JSON.stringify(settings);
    if (settingsText !== this.#settings) this.#verdicts.clear();
    this.#settings = settingsText;
    const known = this.#verdicts.get(name);
    if (known?.text === text) return known.verdict;
    const verdict = judgePolicy(name, text, settings);
    this.#verdicts.set(name, { text, verdict });
    return verdict;
  }
}
