import type { SimulationResult } from '../simulation/result.ts';

/** The appearance of a policy set in all charts: a letter and a dash pattern in addition to the color. */
export interface SetTheme {
  readonly set: string;
  readonly letter: string;
  /** A custom property of the page, which depends on light and dark mode. */
  readonly color: string;
  readonly className: string;
  /** The SVG attribute stroke-dasharray of lines. */
  readonly dash: string;
}

const DASHES = ['3 3', 'none', '8 3', '8 3 2 3', '2 2', '14 4'] as const;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The themes of all sets, in order. Colors repeat after six sets, letters after 26. */
export function themesOf({ sets }: SimulationResult): readonly SetTheme[] {
  return sets.map(({ name }, index) => {
    const kind = index % DASHES.length;
    return {
      set: name,
      letter: LETTERS[index % LETTERS.length] ?? '',
      color: `var(--set-${kind})`,
      className: `set-${kind}`,
      dash: DASHES[kind] ?? 'none',
    };
  });
}
