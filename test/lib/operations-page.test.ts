import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { METRICS } from '../../lambda/aws/metric-names.ts';
import { nameOf, synthesize } from './synthesize.ts';

const page = readFileSync('docs/operations.md', 'utf8');
const { template } = synthesize();

/** The rows of the table below a heading, as their cells. */
function rows(heading: string): string[][] {
  const [, section = ''] = page.split(new RegExp(`^## ${heading}\n`, 'm'));
  const [own = ''] = section.split(/^## /m);
  return [...own.matchAll(/^\| (.*) \|$/gm)]
    .map(([, row = '']) => row.split(' | '))
    .filter(([first]) => first !== '---')
    .slice(1);
}

test('the page lists each alarm with its severity, threshold, meaning and section of the runbook', () => {
  const listed = rows('Alarms').map(([link = '', severity, threshold = '', , meaning = '']) => {
    const [, id, anchor] = /^\[`(\w+)`\]\(runbook\.md#(\S+)\)$/.exec(link) ?? [];
    const value = threshold === 'yes or no' ? 1 : Number.parseInt(threshold.replaceAll(',', ''), 10);
    return [id, severity, value, meaning, anchor];
  });
  const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm')).map(
    ([id, { Properties }]) => {
      const [, severity, meaning, anchor] =
        /^([A-Z][a-z ]+)\. (.*) What to do: \S+#(\S+)$/.exec(Properties.AlarmDescription) ?? [];
      return [nameOf(id).replace('EscalatorAlarms', ''), severity, Properties.Threshold, meaning, anchor];
    },
  );
  expect(listed.toSorted()).toEqual(alarms.toSorted());
});

test('the page explains each widget of the dashboard, in its order', () => {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(
    dashboard?.Properties.DashboardBody['Fn::Join'][1]
      .filter((part: unknown) => typeof part === 'string')
      .join(''),
  );
  const titles = [...body.matchAll(/\\"title\\":\\"([^"\\]+)\\"/g)].map(([, title]) => title);
  expect(titles.length).toBeGreaterThan(10);
  expect(rows('Dashboard').map(([title]) => title)).toEqual(titles);
});

describe('the page lists each metric with its method and what it means', () => {
  const meanings = new Map(
    [
      ...readFileSync('lambda/aws/metric-names.ts', 'utf8').matchAll(/\/\*\* (.*) \*\/\n {2}\w+: '(\w+)'/g),
    ].map(([, meaning, name]) => [name, meaning]),
  );
  const listed = rows('Metrics');

  test('and no others', () => {
    expect(listed.map(([name]) => name)).toEqual(
      Object.values(METRICS)
        .toSorted()
        .map((name) => `\`${name}\``),
    );
  });

  test.each(Object.values(METRICS))('%s', (name) => {
    const row = listed.find(([first]) => first === `\`${name}\``);
    expect([row?.[1], row?.[3]]).toEqual([`\`metric${name}()\``, meanings.get(name)]);
  });
});
