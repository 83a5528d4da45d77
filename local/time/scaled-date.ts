/**
 * A `Date` whose present is `now`. Everything else is the real one's: it shares its prototype, so a date made
 * by either is an instance of both.
 *
 * @param now milliseconds since the epoch.
 */
export function scaledDate(RealDate: DateConstructor, now: () => number): DateConstructor {
  function ScaledDate(...parts: unknown[]): Date | string {
    if (!new.target) return new RealDate(now()).toString();
    const newTarget = new.target === (ScaledDate as unknown) ? RealDate : new.target;
    return Reflect.construct(RealDate, parts.length === 0 ? [now()] : parts, newTarget);
  }
  Object.setPrototypeOf(ScaledDate, RealDate);
  Object.defineProperty(ScaledDate, 'name', { value: 'Date' });
  return Object.assign(ScaledDate, { prototype: RealDate.prototype, now }) as unknown as DateConstructor;
}
