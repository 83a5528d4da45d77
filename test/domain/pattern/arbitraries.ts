import fc from 'fast-check';

const key = fc.constantFrom('a', 'b', 'c', 'a-b');
const scalar = fc.constantFrom('x', 'y', 1, 2, null);

const events = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 5 }, scalar, tie('event'), fc.array(tie('value'), { maxLength: 4 })),
  event: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}));

const condition = fc.oneof(
  { weight: 3, arbitrary: scalar },
  fc.constantFrom({ exists: false }, { exists: true }, { 'anything-but': ['x'] }),
  fc.constant({ exists: false }),
);
const patterns = fc.letrec((tie) => ({
  pattern: fc.dictionary(
    fc.oneof(key, fc.constant('$or'), fc.constant('a.b')),
    fc.oneof({ maxDepth: 4 }, fc.array(condition, { minLength: 1, maxLength: 3 }), tie('pattern'), tie('or')),
    { minKeys: 1, maxKeys: 3 },
  ),
  or: fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }),
}));

/** Events with few keys and values, so that patterns often match them, and with many lists. */
export const likelyEvent = events.event;

/** Patterns over the same keys and values; some are invalid. */
export const likelySource = patterns.pattern;
