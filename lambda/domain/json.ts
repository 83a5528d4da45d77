/** A JSON object whose members have not been validated. */
export type JsonObject = { readonly [key: string]: unknown };

/** True for a JSON object, false for arrays, null and everything else. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member of an object by its name, whatever its casing; the exact name first. */
export function member(holder: JsonObject | undefined, name: string): unknown {
  if (!holder) return undefined;
  if (Object.hasOwn(holder, name)) return holder[name];
  const wanted = name.toLowerCase();
  return Object.entries(holder).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** Serializes a value as JSON with the keys of every object sorted, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  // JSON.stringify with a replacer took a third of the time of the whole flow.
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item) ?? 'null').join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .flatMap((key) =>
      value[key] === undefined ? [] : `${JSON.stringify(key)}:${canonicalJson(value[key])}`,
    );
  return `{${members.join(',')}}`;
}

/** True if both values have the same canonical JSON. An undefined member counts as absent. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item ?? null, b[index] ?? null));
  }
  if (!isObject(a) || !isObject(b)) return false;
  return (
    Object.keys(a).every((key) => sameJson(a[key], Object.hasOwn(b, key) ? b[key] : undefined)) &&
    Object.keys(b).every((key) => b[key] === undefined || Object.hasOwn(a, key))
  );
}

/** Returns a copy of an object without one of its members. */
export function without<T extends object, K extends keyof T>(
  value: T,
  key: K,
): Omit<T, K> & { [P in K]?: never } {
  const { [key]: _dropped, ...rest } = value;
  return rest as Omit<T, K> & { [P in K]?: never };
}

/** Returns a copy without undefined members, so that spreading it over defaults overrides none of them. */
export function defined<T extends object>(members: T): Defined<T> {
  // A loop: Object.entries and fromEntries took a tenth of the time of a long replay.
  const result: { [key: string]: unknown } = {};
  for (const key of Object.keys(members)) {
    const value = members[key as keyof T];
    if (value !== undefined) result[key] = value;
  }
  return result as Defined<T>;
}

/** The result of {@link defined}: members that may be undefined become optional. */
type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
