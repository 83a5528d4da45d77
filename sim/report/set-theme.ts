import type { SimulationResult } from '../simulation/result.ts';

/** How a set is told from the others in every chart: a letter and a dash besides the colour. */
export interface SetTheme {
  readonly set: string;
  readonly letter: string;
  /** A custom property of the page, which differs in light and dark. */
  readonly color: string;
  readonly className: string;
  /** Of lines: SVG's stroke-dasharray. */
  readonly dash: string;
}

const DASHES = ['3 3', 'none', '8 3', '8 3 2 3', '2 2', '14 4'] as const;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The looks of all sets, in their order. They repeat after six, and letters after 26. */
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
