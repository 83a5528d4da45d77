import { describe, expect, test } from '@jest/globals';
import { isOpen } from '../../../lambda/domain/calendar/open-hours.ts';
import { buildPolicies } from '../../../lambda/domain/configuration/build-policies.ts';
import { compiled, MemoryCompiler } from '../../support/compiler.ts';

const OFFICE = 'timezone: UTC\nhours: ["Mon-Fri 09:00-18:00"]';
const WEEKEND = 'timezone: UTC\nhours: ["Sat,Sun 09:00-18:00"]';
const IN_OFFICE = 'during: office\nsteps: [{ after: 0s, set: { priority: 1 } }]';
const MONDAY = Date.parse('2026-11-30T10:00:00Z');

/** The policies in force by which a contact that waits on a Monday morning could be governed. */
function openOnMonday({ published }: MemoryCompiler): string[] {
  if (!published?.compiled) return [];
  return buildPolicies(published.compiled)
    .policies.policies.filter(({ during }) => !during || isOpen(during, MONDAY))
    .map(({ name }) => name);
}

const refused = (memory: MemoryCompiler) =>
  memory.refused.map(({ parameter, problems, inForce }) => [parameter, problems[0]?.code, inForce]);

describe('a policy that names a calendar', () => {
  test('is in force with it', async () => {
    const memory = await compiled({ 'calendars/office': OFFICE, 'policies/a': IN_OFFICE });
    expect(openOnMonday(memory)).toEqual(['a']);
    expect(refused(memory)).toEqual([]);
  });

  test('changes with it, and all who wait are looked at again', async () => {
    const memory = await compiled({ 'calendars/office': OFFICE, 'policies/a': IN_OFFICE });
    const looks = memory.messages.length;
    memory.put('calendars/office', WEEKEND);
    await memory.compile();
    expect(openOnMonday(memory)).toEqual([]);
    expect(memory.policies).toEqual(['a']);
    expect(memory.messages).toHaveLength(looks + 1);
  });

  test('is invalid without it, and in force as soon as it exists', async () => {
    const memory = await compiled({ 'policies/a': IN_OFFICE });
    expect(refused(memory)).toEqual([['policies/a', 'unknown-calendar', undefined]]);
    memory.put('calendars/office', OFFICE);
    await memory.compile();
    expect(openOnMonday(memory)).toEqual(['a']);
    expect(refused(memory)).toEqual([]);
  });

  test('is invalid where no version of it is valid, and says so', async () => {
    const memory = await compiled({ 'policies/a': IN_OFFICE, 'calendars/office': 'hours: []' });
    expect(memory.policies).toEqual([]);
    expect(refused(memory)).toEqual([
      ['calendars/office', 'missing', undefined],
      ['policies/a', 'invalid-calendar', undefined],
    ]);
  });
});

describe('a calendar', () => {
  test('that becomes invalid stays in force as it was, for a process that was just started, too', async () => {
    const memory = await compiled({ 'calendars/office': OFFICE, 'policies/a': IN_OFFICE });
    memory.put('calendars/office', OFFICE.replace('09:00', '9'));
    await memory.compile(true);
    expect(openOnMonday(memory)).toEqual(['a']);
    expect(refused(memory)).toEqual([['calendars/office', 'during-hours', 1]]);
  });

  test('that was never compiled is taken from its history', async () => {
    const memory = new MemoryCompiler();
    memory.put('calendars/office', OFFICE, 'hours: []');
    memory.put('policies/a', IN_OFFICE);
    await memory.compile();
    expect(openOnMonday(memory)).toEqual(['a']);
    expect(refused(memory)).toEqual([['calendars/office', 'missing', 1]]);
  });

  test('that was deleted stays in force while a policy in force names it', async () => {
    const memory = await compiled({ 'calendars/office': OFFICE, 'policies/a': IN_OFFICE });
    memory.delete('calendars/office');
    await memory.compile(true);
    await memory.compile(true);
    expect(openOnMonday(memory)).toEqual(['a']);
    expect(refused(memory)).toEqual([
      ['calendars/office', 'calendar-in-use', 1],
      ['policies/a', 'unknown-calendar', 1],
    ]);
    memory.delete('policies/a');
    await memory.compile();
    expect(memory.published?.compiled?.calendars).toEqual([]);
    expect(refused(memory)).toEqual([]);
  });

  test('that was deleted keeps its place in the order of names', async () => {
    const memory = await compiled({
      'calendars/office': OFFICE,
      'calendars/weekend': WEEKEND,
      'policies/a': IN_OFFICE,
    });
    memory.delete('calendars/office');
    await memory.compile();
    expect(memory.published?.compiled?.calendars?.map(({ name }) => name)).toEqual(['office', 'weekend']);
  });

  test('that was deleted may be named by the clock alone', async () => {
    const text = 'clock: { in: office }\nsteps: [{ after: 0s, set: { priority: 1 } }]';
    const memory = await compiled({ 'calendars/office': OFFICE, 'policies/a': text });
    memory.delete('calendars/office');
    await memory.compile();
    expect(memory.published?.compiled?.calendars).toMatchObject([{ name: 'office' }]);
  });

  test.each(['Office', 'of fice', 'a/b'])('whose name is %j is refused', async (name) => {
    const memory = await compiled({ [`calendars/${name}`]: OFFICE });
    expect(refused(memory)).toEqual([[`calendars/${name}`, 'calendar-name', undefined]]);
  });

  test('that holds something odd affects nothing else', async () => {
    for (const odd of ['{', '', '[1]', '__proto__: 1', '&a [*a]', 'timezone: {toString: 1}', 'null']) {
      const memory = await compiled({
        'calendars/odd': odd,
        'calendars/office': OFFICE,
        'policies/a': IN_OFFICE,
        settings: 'updateRate: 7',
      });
      expect(openOnMonday(memory)).toEqual(['a']);
      expect(memory.settings).toMatchObject({ updateRate: 7, pause: false });
      expect(memory.refused.map(({ parameter }) => parameter)).toEqual(['calendars/odd']);
    }
  });

  test('in a path that is nearly right is reported', async () => {
    const memory = await compiled({ 'calendar/office': OFFICE });
    expect(memory.refused[0]?.problems[0]?.message).toContain('Write "calendars/office"');
  });
});
