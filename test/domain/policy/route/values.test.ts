import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ContactView } from '../../../../lambda/domain/policy/contact-view.ts';
import { parseRoute } from '../../../../lambda/domain/policy/route/parse.ts';
import { fillCriteria, lookUp } from '../../../../lambda/domain/policy/route/put-in.ts';
import { formatProblem } from '../../../../lambda/domain/validation/problem.ts';

const ANN = '11111111-2222-3333-4444-555555555555';
const BEN = '66666666-7777-8888-9999-000000000000';
const VIEW: ContactView = { instanceId: 'i-1', contactId: 'c-1', signals: [], transfers: 0 };

/** The criteria of a route for a contact, and the steps that are left out. */
function filled(route: readonly string[], view: Partial<ContactView>) {
  const { criteria, values = [], problems } = parseRoute(route, [], {});
  if (!criteria) throw new TypeError(problems.map(formatProblem).join('\n'));
  return fillCriteria(criteria, values, lookUp(values, { ...VIEW, ...view }));
}

const criteriaOf = (...route: string[]) => parseRoute(route, []).criteria;

describe('a string of the contact stands', () => {
  test.each<[string, string, Partial<ContactView>, string]>([
    [
      'in place of a value',
      'Language:{tags.language} >= 3',
      { tags: { language: 'English' } },
      'Language:English >= 3',
    ],
    ['in place of a name', '{tags.skill}:Tax >= 3', { tags: { skill: 'Topic' } }, 'Topic:Tax >= 3'],
    [
      'in a negated condition',
      'not Language:{tags.a b} 2..4',
      { tags: { 'a b': 'F' } },
      'not Language:F 2..4',
    ],
    [
      'in place of an agent',
      'agents {tags.agentId} for 45s',
      { tags: { agentId: ANN } },
      `agents ${ANN} for 45s`,
    ],
    [
      'beside agents, and each of these once',
      `agents {tags.a}, ${BEN}, {tags.b}`,
      { tags: { a: ANN, b: BEN } },
      `agents ${ANN}, ${BEN}`,
    ],
    [
      'from an attribute',
      'Language:{attributes.lang} >= 1',
      { attributes: { lang: 'F' } },
      'Language:F >= 1',
    ],
    [
      'from a segment attribute, whose name has a colon',
      'Kind:{segmentAttributes.connect:Subtype} >= 1 and A:b >= 2',
      { segmentAttributes: { 'connect:Subtype': 'connect:Telephony' } },
      'Kind:"connect:Telephony" >= 1 and A:b >= 2',
    ],
    [
      'from a map of segment attributes',
      'Auth:{segmentAttributes.auth.Status} >= 1',
      { segmentAttributes: { auth: { Status: 'OK' } } },
      'Auth:OK >= 1',
    ],
    [
      'from a map whose name has a dot',
      'Auth:{segmentAttributes.a.b.c} >= 1',
      { segmentAttributes: { 'a.b': { c: 'OK' } } },
      'Auth:OK >= 1',
    ],
    [
      'by the whole name first',
      'Auth:{segmentAttributes.a.b} >= 1',
      { segmentAttributes: { a: { b: 'no' }, 'a.b': 'OK' } },
      'Auth:OK >= 1',
    ],
    [
      'in each branch of a step',
      'A:{tags.a} >= 1 and B:b >= 2 or not C:{tags.c} 1..2',
      { tags: { a: 'x', c: 'y' } },
      'A:x >= 1 and B:b >= 2 or not C:y 1..2',
    ],
  ])('%s', (_name, text, view, expected) => {
    expect(filled([text], view)).toEqual({ criteria: criteriaOf(expected), leftOut: [] });
  });

  test('never as syntax, whatever it is', () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        '"',
        'x >= 1 or A:b >= 1',
        '{tags.other}',
        '@list',
        'English >= 1 for 1s',
        `${ANN}, ${BEN}`,
        '\\',
      ),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    fc.assert(
      fc.property(hostile, hostile, (language, agentId) => {
        const tags = { language, agentId, other: 'Other' };
        const route = [
          'agents {tags.agentId} for 9s',
          'Language:{tags.language} >= 3 and A:b >= 1 for 9s',
          'A:b >= 2',
        ];
        const { criteria, leftOut } = filled(route, { tags });
        const isFit = language.trim() !== '' && language.length <= 128;
        expect(leftOut.map(({ index }) => index)).toEqual(isFit ? [0] : [0, 1]);
        const written = `Language:${JSON.stringify(language)} >= 3 and A:b >= 1 for 9s`;
        expect(criteria).toEqual(criteriaOf(...(isFit ? [written] : []), 'A:b >= 2'));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a step is left out', () => {
  const LONG = 'x'.repeat(500);
  test.each<[string, string, Partial<ContactView>, object]>([
    ['without the string', 'A:{tags.x} >= 1', { tags: { y: 'b' } }, { value: '{tags.x}' }],
    ['without such strings', 'A:{tags.x} >= 1', {}, { value: '{tags.x}' }],
    ['with an empty string', 'A:{tags.x} >= 1', { tags: { x: '' } }, { value: '{tags.x}' }],
    ['with a blank string', 'A:{tags.x} >= 1', { tags: { x: ' ' } }, { value: '{tags.x}', found: ' ' }],
    [
      'with what every object has',
      'A:{tags.constructor} >= 1',
      { tags: {} },
      { value: '{tags.constructor}' },
    ],
    [
      'with a number',
      'A:{segmentAttributes.x} >= 1',
      { segmentAttributes: { x: 3 } },
      { value: '{segmentAttributes.x}' },
    ],
    [
      'with a name in place of an id',
      'agents {tags.x}',
      { tags: { x: 'ann' } },
      { value: '{tags.x}', found: 'ann' },
    ],
    ['with a text that is too long', 'A:{tags.x} >= 1', { tags: { x: LONG } }, { found: LONG.slice(0, 129) }],
    [
      'where a later condition names the same attribute',
      'A:{tags.x} >= 1 and A:b >= 2',
      { tags: { x: 'b' } },
      { value: '{tags.x}', found: 'b' },
    ],
    [
      'where the first of two strings is unfit',
      '{tags.x}:{tags.y} >= 1',
      { tags: { x: LONG, y: 'b' } },
      { value: '{tags.x}', found: LONG.slice(0, 129) },
    ],
    [
      'where the second of two strings is unfit',
      '{tags.x}:{tags.y} >= 1',
      { tags: { x: 'A', y: LONG } },
      { value: '{tags.y}', found: LONG.slice(0, 129) },
    ],
    [
      'where it would name an attribute twice',
      'A:b >= 1 and A:{tags.x} >= 2',
      { tags: { x: 'b' } },
      { value: '{tags.x}', found: 'b' },
    ],
  ])('%s', (_name, text, view, leftOut) => {
    const result = filled([text], view);
    expect(result.criteria).toBeUndefined();
    expect(result.leftOut).toEqual([expect.objectContaining({ index: 0, ...leftOut })]);
  });

  test('where nothing is known of its strings', () => {
    const { criteria, values = [] } = parseRoute(['A:{tags.x} >= 1 for 1m', 'B:b >= 1'], [], {});
    expect(criteria && fillCriteria(criteria, values, {})).toEqual({
      criteria: criteriaOf('B:b >= 1'),
      leftOut: [{ index: 0, value: '{tags.x}' }],
    });
  });

  test('by the strings that were put in before, which stay as they were', () => {
    const { values = [] } = parseRoute(['A:{tags.x} >= 1 and B:{tags.y} >= 1 and C:{tags.z} >= 1'], [], {});
    const view = { ...VIEW, tags: { x: 'new', y: 'new', z: 'new' } };
    expect(lookUp(values, view, { '{tags.x}': 'old', '{tags.y}': '' })).toEqual({
      '{tags.x}': 'old',
      '{tags.y}': '',
      '{tags.z}': 'new',
    });
  });

  test('and the others stay', () => {
    const route = [
      'agents {tags.agentId} for 45s',
      'Language:{tags.language} >= 3 for 1m',
      'Language:French >= 1',
    ];
    expect(filled(route, { tags: { language: 'French' } })).toEqual({
      criteria: criteriaOf('Language:French >= 3 for 1m', 'Language:French >= 1'),
      leftOut: [{ index: 0, value: '{tags.agentId}' }],
    });
  });
});

describe('a text in braces', () => {
  const FORMS = '{tags.name}, {attributes.name} or {segmentAttributes.name}';
  const QUOTED = `expected ${FORMS}, or the whole text in quotes if it has braces.`;
  test.each([
    ['A:{tag.x} >= 1', `Column 3: found "{tag.x}"; ${QUOTED} Did you mean "{tags.x}"? (route-value)`],
    [
      'A:{segmentAttribute.x} >= 1',
      `Column 3: found "{segmentAttribute.x}"; ${QUOTED} Did you mean "{segmentAttributes.x}"? (route-value)`,
    ],
    ['A:{ tags.x } >= 1', `Column 3: found "{ tags.x }"; ${QUOTED} Did you mean "{tags.x}"? (route-value)`],
    [
      'A:{$.Attributes.x} >= 1',
      `Column 3: found "{$.Attributes.x}"; ${QUOTED} Did you mean "{attributes.x}"? (route-value)`,
    ],
    ['A:{x} >= 1', `Column 3: found "{x}"; ${QUOTED} (route-value)`],
    ['A:{tags. } >= 1', `Column 3: found "{tags. }"; ${QUOTED} (route-value)`],
    ['A:{tags.} >= 1', `Column 3: found "{tags.}"; ${QUOTED} (route-value)`],
    ['agents {queue.id}', `Column 8: found "{queue.id}"; ${QUOTED} (route-value)`],
    [
      'agent {tags.x}',
      'Column 1: found "agent"; expected "agents" before user ids. Did you mean "agents"? (route-keyword)',
    ],
    [
      'A:Level-{tags.x} >= 1',
      `Column 9: found "{tags.x}"; expected ${FORMS}, which stands for the whole text, or the whole value in quotes. (route-attribute)`,
    ],
    [
      'A:{tags.x >= 1',
      `Column 3: found "{"; expected ${FORMS}, which stands for the whole text, or the whole value in quotes. (route-attribute)`,
    ],
    [
      'A:x} >= 1',
      `Column 4: found "}"; expected ${FORMS}, which stands for the whole text, or the whole value in quotes. (route-attribute)`,
    ],
    [
      'A:{tags.x} b >= 1',
      `Column 3: found "{tags.x}"; expected ${FORMS}, which stands for the whole text, or the whole value in quotes. (route-attribute)`,
    ],
    [
      '{tags.x}:a >= 1 or {tags.x}:a >= 2',
      'Column 20: found "{tags.x}:a"; expected each attribute once in an expression. (repeated-attribute)',
    ],
    ['A:b >= {tags.x}', 'Column 8: found "{tags.x}"; expected a whole number from 1 to 5. (route-level)'],
    [
      'A:{tags.x} >= 1 or A:{tags.x} >= 2',
      'Column 20: found "A:{tags.x}"; expected each attribute once in an expression. (repeated-attribute)',
    ],
  ])('%s', (text, problem) => {
    expect(parseRoute([text], [], {}).problems.map(formatProblem)).toEqual([`[0]: ${problem}`]);
  });

  test('stands for itself in quotes', () => {
    const { criteria, values } = parseRoute(['A:"{tags.x}" >= 1'], [], {});
    expect({ criteria, values }).toEqual({ criteria: expect.objectContaining({}), values: undefined });
    expect(JSON.stringify(criteria)).toContain('"Value":"{tags.x}"');
  });

  test.each(['{tags.x}', '{tag.x}'])('means nothing in an override: %s', (value) => {
    expect(parseRoute([`A:${value} >= 1`], []).problems.map(formatProblem)).toEqual([
      `[0]: Column 3: found "${value}"; expected the text itself, since values of the contact stand only in the routes of policies. (route-value)`,
    ]);
  });
});
