/**
 * Throws what failed, so that no cause is hidden by another one.
 *
 * @throws the reason of the one that was rejected; AggregateError with those of several.
 */
export function throwReasons(results: readonly PromiseSettledResult<unknown>[]): void {
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (reasons.length > 1) throw new AggregateError(reasons, reasons.map(String).join('; '));
  if (reasons.length > 0) throw reasons[0];
}
