/** `1 file`, `2 files`, `2 policies`. */
export function plural(count: number, singular: string, pluralForm = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : pluralForm}`;
}

/**
 * A time as UTC in ISO 8601, without milliseconds if they are zero.
 *
 * @param at - milliseconds since the epoch.
 */
export function formatTime(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
