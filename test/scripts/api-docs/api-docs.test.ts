import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as lib from '../../../lib/index.ts';
import { membersOf } from '../../../scripts/api-docs/declarations.ts';
import { withApiTables } from '../../../scripts/api-docs/page.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/construct.md'), 'utf8');

describe('docs/construct.md', () => {
  test('has the tables of the source (npm run docs:api)', () => {
    expect(withApiTables(page)).toBe(page);
  });

  test('has a heading for everything that lib/ exports', () => {
    const headings = [...page.matchAll(/^##+ (\w+)$/gm)].map(([, heading]) => heading);
    expect(Object.keys(lib).filter((name) => !headings.includes(name))).toEqual([]);
  });

  test('without a section for a table, the generator fails', () => {
    expect(() => withApiTables('# The construct')).toThrow(
      new RangeError('the page has no section properties'),
    );
  });
});

describe('the members of a declaration', () => {
  const SOURCE = [
    '/** Not this one. */',
    'export interface ThingPropsOfOthers {',
    '  readonly other: string;',
    '}',
    'export interface ThingProps {',
    '  /**',
    '   * The first line,',
    '   * and the second.',
    '   */',
    '  readonly name: string;',
    '  /** Default: 1. */',
    '  readonly count?: number | undefined;',
    '}',
    'export class Thing extends Construct {',
    '  /** The queue. */',
    '  readonly queue: Queue;',
    '  readonly #secret: string;',
    '  constructor() {',
    '    const x = { y: 1 };',
    '  }',
    '}',
    'export class Undocumented {',
    '  readonly queue: Queue;',
    '}',
  ].join('\n');

  test('of an interface have their types and docstrings', () => {
    expect(membersOf(SOURCE, 'ThingProps')).toEqual([
      { name: 'name', type: 'string', isOptional: false, description: 'The first line, and the second.' },
      { name: 'count', type: 'number', isOptional: true, description: 'Default: 1.' },
    ]);
  });

  test('of a class are its public ones', () => {
    expect(membersOf(SOURCE, 'Thing')).toEqual([
      { name: 'queue', type: 'Queue', isOptional: false, description: 'The queue.' },
    ]);
  });

  test('need a docstring', () => {
    expect(() => membersOf(SOURCE, 'Undocumented')).toThrow(
      new RangeError('Undocumented.queue has no docstring'),
    );
  });

  test('need a declaration', () => {
    expect(() => membersOf(SOURCE, 'Missing')).toThrow(
      new RangeError('the source exports no interface or class Missing'),
    );
  });
});
