import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { jsonSchemas } from '../lambda/domain/policy/json-schema.ts';
import { WARNING_CODES } from '../lambda/domain/policy/warnings/codes.ts';
import { eventJsonSchemas } from '../lambda/domain/reports/json-schema.ts';
import { goalsJsonSchema } from '../sim/goals/index.ts';
import { scenarioJsonSchema } from '../sim/scenario/index.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const SCHEMAS = { ...jsonSchemas(), scenario: scenarioJsonSchema(), goals: goalsJsonSchema() };
const accepts = (name: keyof typeof SCHEMAS, value: unknown) =>
  new Ajv2020({ strict: false }).validate(SCHEMAS[name], value);

describe('the JSON Schemas', () => {
  test('there is one for each file', () => {
    const files = globSync('schemas/*.schema.json', { cwd: ROOT }).map((file) =>
      basename(file, '.schema.json'),
    );
    expect(Object.keys(SCHEMAS).sort()).toEqual(files.sort());
  });

  test.each(Object.entries(SCHEMAS))(
    'schemas/%s.schema.json is current (npm run schemas)',
    (name, schema) => {
      expect(JSON.parse(read(`schemas/${name}.schema.json`))).toEqual(schema);
    },
  );

  test.each(Object.entries(eventJsonSchemas()))(
    'schemas/events/%s.schema.json is current (npm run schemas)',
    (name, schema) => {
      expect(JSON.parse(read(`schemas/events/${name}.schema.json`))).toEqual(schema);
    },
  );

  test.each(globSync('policies/*.yaml', { cwd: ROOT }))('accepts %s', (file) => {
    expect(accepts('policy', parse(read(file)))).toBe(true);
  });

  test.each<[name: keyof typeof SCHEMAS, files: string]>([
    ['policy', 'cookbook/!(settings).yaml'],
    ['calendar', 'cookbook/calendars/*.yaml'],
    ['condition', 'cookbook/conditions/*.yaml'],
    ['settings', 'cookbook/settings.yaml'],
  ])('accept each %s of the cookbook', (name, files) => {
    const found = globSync(files, { cwd: ROOT });
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((file) => !accepts(name, parse(read(file))))).toEqual([]);
  });

  test.each(globSync('scenarios/*.yaml', { cwd: ROOT }))('accepts %s', (file) => {
    const scenario = parse(read(file));
    expect(accepts('scenario', scenario)).toBe(true);
    expect(accepts('scenario', { ...scenario, hors: 3 })).toBe(false);
  });

  test.each([
    ['a misspelled key', { stepz: [] }],
    ['no steps', { steps: [] }],
    ['neither steps nor a target', { description: 'Soon.' }],
    ['an unknown mode', { mode: 'on', steps: [{ after: '0s', set: { priority: 1 } }] }],
    [
      'a clock that starts at nothing known',
      { clock: 'queued', steps: [{ after: '0s', set: { priority: 1 } }] },
    ],
    [
      'hours without a time zone',
      { during: { hours: ['daily 09:00-18:00'] }, steps: [{ after: '0s', set: { priority: 1 } }] },
    ],
    ['a priority of 0', { steps: [{ after: '0s', set: { priority: 0 } }] }],
  ])('rejects %s', (_name, policy) => {
    expect(accepts('policy', policy)).toBe(false);
  });

  test.each<[string, object]>([
    ['the name of a calendar', { during: 'office', clock: { from: 'initiated', in: 'office' } }],
    ['hours', { during: { timezone: 'UTC', hours: ['daily 09:00-18:00'] }, clock: 'firstEnqueued' }],
  ])('accepts %s', (_name, fields) => {
    expect(accepts('policy', { ...fields, steps: [{ after: '0s', set: { priority: 1 } }] })).toBe(true);
  });

  test('accepts a target without steps', () => {
    expect(accepts('policy', { target: '3m' })).toBe(true);
  });

  test('describe a member by what it is where it stands', () => {
    const { properties } = JSON.parse(JSON.stringify(SCHEMAS.policy));
    const { from, ramp } = properties.steps.items.properties;
    const [, clock] = properties.clock.anyOf;
    expect(from.description).toBe('The time at which a ramp begins.');
    expect(ramp.properties.priority.properties.from.description).toBe('The priority of the first step.');
    expect(clock.properties.from.description).toBe('The start of the clock. Default enqueued.');
  });

  test('describe every member of policies and settings', () => {
    const undescribed = (schema: Record<string, unknown>): string[] =>
      Object.entries(schema).flatMap(([name, member]) => {
        if (typeof member !== 'object' || member === null) return [];
        const inside = undescribed(member as Record<string, unknown>);
        if (name !== 'properties') return inside;
        const missing = Object.entries(member).filter(([, { description }]) => description === undefined);
        return [...missing.map(([key]) => key), ...inside];
      });
    expect(undescribed({ ...SCHEMAS.settings })).toEqual(['default', 'VOICE', 'CHAT', 'TASK', 'EMAIL']);
    const codes: readonly string[] = WARNING_CODES;
    expect(undescribed({ ...SCHEMAS.policy }).filter((name) => !codes.includes(name))).toEqual([]);
  });

  test('accepts a calendar, and rejects a misspelt one', () => {
    const calendar = { timezone: 'UTC', hours: ['daily 09:00-18:00'], except: ['2026-12-25'] };
    expect(accepts('calendar', calendar)).toBe(true);
    expect(accepts('calendar', { ...calendar, excpt: [] })).toBe(false);
  });

  test('accepts and rejects settings', () => {
    expect([accepts('settings', { pause: true }), accepts('settings', { pasue: true })]).toEqual([
      true,
      false,
    ]);
  });
});
