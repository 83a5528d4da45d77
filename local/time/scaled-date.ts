/**
 * A `Date` whose current time is `now`. It shares the prototype of the real one, so a date that either
 * creates is an instance of both.
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
