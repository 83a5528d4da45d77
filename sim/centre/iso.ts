let lastAt = Number.NaN;
let lastText = '';

/** A time in milliseconds as events write it. Events repeat few times often, so the last text is kept. */
export function iso(at: number): string {
  if (at !== lastAt) {
    lastText = new Date(at).toISOString();
    lastAt = at;
  }
  return lastText;
}
