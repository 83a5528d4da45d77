/** How many agents of a queue, who are logged in, satisfy an expression. */
export interface StaffedFigure {
  readonly staffed: number;
  /** When it was read, in milliseconds since the epoch. */
  readonly at: number;
}

/** Figures of a queue by expression, in the words of `expressionOf`. */
export type Staffing = Readonly<Record<string, StaffedFigure>>;

/** A figure is used for this time. It is read again sooner, so that there is always one while contacts come. */
const KNOWN_MS = 60_000;

/** A figure is read again after this time. */
const FRESH_MS = 30_000;

/** As many figures of one queue are kept, the latest ones: Connect takes as many expressions in one request. */
export const MAX_EXPRESSIONS = 50;

/** How many agents satisfy an expression now; undefined: it is not known. */
export function staffedFor(staffing: Staffing, expression: string, now: number): number | undefined {
  const figure = figureOf(staffing, expression);
  return figure && now < figure.at + KNOWN_MS ? figure.staffed : undefined;
}

/** Those of some expressions whose figures are to be read. */
export function unreadExpressions(staffing: Staffing, expressions: readonly string[], now: number): string[] {
  return expressions.filter((one) => {
    const figure = figureOf(staffing, one);
    return !figure || now >= figure.at + FRESH_MS;
  });
}

function figureOf(staffing: Staffing, expression: string): StaffedFigure | undefined {
  return Object.hasOwn(staffing, expression) ? staffing[expression] : undefined;
}

/** The figures with those that were read now, without those that do not count any more. */
export function withFigures(staffing: Staffing, found: ReadonlyMap<string, number>, now: number): Staffing {
  const read = [...found].map(([expression, staffed]) => [expression, { staffed, at: now }] as const);
  const kept = Object.entries(staffing).filter(([one, { at }]) => !found.has(one) && now < at + KNOWN_MS);
  return Object.fromEntries([...read, ...kept.sort(([, a], [, b]) => b.at - a.at)].slice(0, MAX_EXPRESSIONS));
}
