import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { METRICS } from '../lambda/aws/metric-names.ts';
import { INVARIANTS } from '../sim/dst/invariants.ts';
import { synthesize } from './lib/synthesize.ts';

const ROOT = join(import.meta.dirname, '..');
const text = readFileSync(join(ROOT, 'docs/failure-model.md'), 'utf8');
const rows = [...text.matchAll(/^\| (?!What fails|---)(.+) \|$/gm)].map(([, row = '']) => row.split(' | '));
const alarms = Object.entries<{ Type: string }>(synthesize().template.toJSON().Resources)
  .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
  .map(([id]) => id);

describe('the failure model', () => {
  test('states for each failure what is promised, what is seen, and which test shows it', () => {
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.filter((row) => row.length !== 4)).toEqual([]);
  });

  test('names tests that exist', () => {
    const files = [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test('names alarms of the stack and metrics of the functions', () => {
    const names = rows.flatMap(([, , seen = '']) =>
      [...seen.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    const metrics: readonly string[] = Object.values(METRICS);
    const isAlarm = (name: string) => alarms.some((id) => id.includes(`Alarms${name}`));
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !metrics.includes(name) && !isAlarm(name))).toEqual([]);
  });

  test('names every alarm', () => {
    const named = [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    const unnamed = alarms.filter((id) => !named.some((name) => id.includes(`Alarms${name}`)));
    expect(unnamed).toEqual([]);
  });

  test('lists the invariants that the simulation checks', () => {
    const listed = [...text.matchAll(/^(\d+)\. .*$/gm)].map(([, number]) => number);
    expect(listed).toEqual(Object.keys(INVARIANTS));
  });
});
