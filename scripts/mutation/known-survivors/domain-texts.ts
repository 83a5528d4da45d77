import { inFile, type ListedMutant } from '../listed-mutant.ts';

const CACHE =
  'The cache changes only how long an answer takes and how much memory it keeps; no test measures either.';

const IN_SCHEMA =
  'Every issue that is known is about a place that the schema has; the defence is for other schemas.';
const OWN_MEMBER =
  'No member that a schema requires has a name that every object has; the defence is for such names.';

const GMT_ALONE = 'Only other versions of ICU write no offset as GMT alone.';

/** Of the readers of documents, calendars, conditions and routes. */
export const DOMAIN_TEXTS: readonly ListedMutant[] = [
  ...inFile('lambda/domain/calendar/open-hours.ts', {
    nextTransition: {
      'transition <= localTime || isOpenAtLocalTime(calendar, transition) === isOpenNow => transition <= localTime':
        'It saves a look at the time zone: what follows asks again whether the state changes.',
    },
    transitionMinutes: {
      'minute < DAY_MINUTES => minute <= DAY_MINUTES': 'Midnight is looked at with the next day, too.',
    },
    lookaheadEnd: {
      'day > lastException && day <= lastDay => day > lastException':
        'The search is longer and finds the same: without exceptions, each week is like the one before.',
    },
  }),
  ...inFile('lambda/domain/calendar/shortest-wait.ts', {
    mergedSpans: {
      'last.until < span.from => last.until <= span.from':
        'Hours that touch have the same open minutes apart as together.',
    },
  }),
  ...inFile('lambda/domain/calendar/time-zone.ts', {
    zoneOf: {
      '!zone => true': CACHE,
      'drop ZONES.set(timezone, zone);': CACHE,
    },
    spansOn: {
      '!spans => true': CACHE,
      'zone.spansByDay.size >= MAX_CACHED_DAYS => true': CACHE,
      'zone.spansByDay.size >= MAX_CACHED_DAYS => false': CACHE,
      'zone.spansByDay.size >= MAX_CACHED_DAYS => zone.spansByDay.size > MAX_CACHED_DAYS': CACHE,
      'drop zone.spansByDay.clear();': CACHE,
      'drop zone.spansByDay.set(day, spans);': CACHE,
    },
    offsetAt: {
      '!match => false': GMT_ALONE,
      '0 => 1': GMT_ALONE,
    },
  }),
  ...inFile('lambda/domain/configuration/code-fingerprint.ts', {
    '(module)': {
      "typeof BUNDLED_CODE_FINGERPRINT === 'string' => false":
        'Only bundles have the other one, and these suites run the sources: test/lib/bundles.test.ts makes bundles.',
    },
  }),
  ...inFile('lambda/domain/policy/route/parse.ts', {
    locateInStep: {
      '1 => 0': 'Every problem that is known stands in a part that has a column of its own.',
      '(node as Record<string | number, unknown> | undefined)?.[key] => (node as Record<string | number, unknown> | undefined)[key]':
        'A parsed step has every member, so that no problem that is known lies below a missing one.',
    },
  }),
  ...inFile('lambda/domain/policy/route/put-in.ts', {
    firstUnfit: {
      '1 => 0': 'Where a fault lies in none of several strings, any of them may be named.',
    },
  }),
  ...inFile('lambda/domain/validation/schema-problems.ts', {
    schemaProblems: {
      'membersOf(schemaAt(schema, path)) ?? {} => membersOf(schemaAt(schema, path))': IN_SCHEMA,
      'at !== undefined && accepts(at, candidate) => accepts(at, candidate)': IN_SCHEMA,
    },
    schemaAt: {
      'current && partOf(unwrapped(current), part) => partOf(unwrapped(current), part)': IN_SCHEMA,
    },
    partOf: {
      "typeof part === 'number' => true": IN_SCHEMA,
      'Object.hasOwn(shape.members, part) => true': IN_SCHEMA,
    },
    membersOf: {
      'schema && unwrapped(schema).shape => unwrapped(schema).shape': IN_SCHEMA,
      'shape?.kind => shape.kind': IN_SCHEMA,
      "shape?.kind === 'object' => true": IN_SCHEMA,
    },
    valueAt: {
      "Array.isArray(value) && typeof part === 'number' => true": OWN_MEMBER,
      'isObject(value) && Object.hasOwn(value, part) => true': OWN_MEMBER,
      'isObject(value) && Object.hasOwn(value, part) => isObject(value)': OWN_MEMBER,
      'isObject(value) && Object.hasOwn(value, part) => Object.hasOwn(value, part)': OWN_MEMBER,
    },
  }),
  ...inFile('lambda/domain/validation/zod-problems.ts', {
    zodProblems: {
      'unwrap(schemaAt(schema, path))?.def?.shape ?? {} => unwrap(schemaAt(schema, path))?.def?.shape':
        IN_SCHEMA,
      'unwrap(schemaAt(schema, path))?.def?.shape => unwrap(schemaAt(schema, path))?.def.shape': IN_SCHEMA,
      'unwrap(schemaAt(schema, path))?.def?.shape => unwrap(schemaAt(schema, path)).def?.shape': IN_SCHEMA,
      'at !== undefined && z.safeParse(at, candidate).success => z.safeParse(at, candidate).success':
        IN_SCHEMA,
    },
    schemaAt: {
      'unwrap(current)?.def ?? {} => unwrap(current)?.def': IN_SCHEMA,
      'unwrap(current)?.def => unwrap(current).def': IN_SCHEMA,
      'Object.hasOwn(shape, part) && shape[part] => shape[part]': IN_SCHEMA,
      'current || undefined => current': IN_SCHEMA,
    },
    unwrap: {
      'current?.def?.innerType => current?.def.innerType': IN_SCHEMA,
      'current?.def?.innerType => current.def?.innerType': IN_SCHEMA,
    },
  }),
  ...inFile('lambda/domain/validation/document.ts', {
    oddSpaceHint: {
      '1 => 0':
        'The parser finds a fault at the end of a line only where a key without a text stands there again.',
    },
  }),
];
