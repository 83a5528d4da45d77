/**
 * Makes a value when it is first asked for, and keeps it. For tables and regular expressions that most runs of a
 * function never need: what a module makes when it is imported, each start of each function waits for.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
