import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { cli } from '../support/run-cli.ts';
import { testPlace } from './fixture.ts';

const OFFICE = 'timezone: Europe/Berlin\nhours: ["Mon-Fri 09:00-18:00"]\n';
const NIGHTS = 'timezone: Europe/Berlin\nhours: ["daily 18:00-09:00"]\n';
const policyIn = (calendar: string) =>
  `mode: observe\nduring: ${calendar}\nsteps: [{ after: 0s, set: { priority: 1 } }]\n`;

const at = testPlace({ 'p/email.yaml': policyIn('office'), 'p/calendars/office.yaml': OFFICE });
const { run } = at;
const check = (...args: string[]) => cli(['check', ...args], { cwd: at.files.path });
const write = (path: string, text: string) => writeFileSync(join(at.files.path, path), text);
const read = (path: string) => readFileSync(join(at.files.path, path), 'utf8');
const steps = (out: string) => out.match(/^(Wrote|Deleted) .*$/gm);

describe('escalator check', () => {
  test.each([
    ['a directory', 'p'],
    ['one policy', 'p/email.yaml'],
    ['one calendar', 'p/calendars/office.yaml'],
  ])('finds the calendar beside the policies of %s', async (_name, path) => {
    expect(await check(path)).toMatchObject({ code: 0, out: '' });
  });

  test('says where a policy names a calendar that does not exist', async () => {
    write('p/email.yaml', policyIn('offise'));
    const { code, out } = await check('p/email.yaml');
    expect(code).toBe(1);
    expect(out).toContain('p/email.yaml:2:9: error unknown-calendar');
    expect(out).toContain('Did you mean "office"?');
  });

  test('shows the problems of a calendar in its own file', async () => {
    write('p/calendars/office.yaml', 'timezone: Europe/Berln\nhours: ["Mon-Fri 9-18"]\n');
    const { code, out } = await check('p');
    expect(code).toBe(1);
    expect(out).toContain('p/calendars/office.yaml:1:11: error during-timezone');
    expect(out).toContain('p/calendars/office.yaml:2:9: error during-hours');
  });

  test('warns of an odd time zone in the file of its calendar, once', async () => {
    write('p/calendars/office.yaml', 'timezone: Etc/GMT+2\nhours: ["Mon-Fri 09:00-18:00"]\n');
    const { code, out } = await check('p');
    expect(code).toBe(0);
    expect(out.match(/^.*warning.*$/gm)).toEqual([
      expect.stringMatching(
        /^p\/calendars\/office\.yaml:1:11: warning time-zone: Etc\/GMT\+2 is 2 h behind UTC/,
      ),
    ]);
  });

  test('lets a calendar and a policy have one name', async () => {
    write('p/office.yaml', policyIn('office'));
    expect(await check('p')).toMatchObject({ code: 0, out: '' });
  });
});

describe('escalator push', () => {
  test('writes a calendar before the policy that names it, and deletes it after', async () => {
    const pushed = await run('push', 'p');
    expect([pushed.code, steps(pushed.out)]).toEqual([
      0,
      [`Wrote ${at.prefix}/calendars/office, version 1.`, `Wrote ${at.prefix}/policies/email, version 1.`],
    ]);
    expect(await at.ssm.get(`${at.prefix}/calendars/office`)).toEqual({ text: OFFICE, version: 1 });

    write('p/other.yaml', 'mode: observe\nsteps: [{ after: 0s, set: { priority: 1 } }]\n');
    await run('push', 'p');
    rmSync(join(at.files.path, 'p/email.yaml'));
    rmSync(join(at.files.path, 'p/calendars'), { recursive: true });
    const pruned = await run('push', 'p', '--prune', '--yes');
    expect([pruned.code, steps(pruned.out)]).toEqual([
      0,
      [`Deleted ${at.prefix}/policies/email.`, `Deleted ${at.prefix}/calendars/office.`],
    ]);
  });

  test('does not delete a calendar that a policy in SSM names', async () => {
    await run('push', 'p');
    rmSync(join(at.files.path, 'p/calendars'), { recursive: true });
    const { code, err, out } = await run('push', 'p', '--prune', '--yes');
    expect([code, steps(out)]).toEqual([1, null]);
    expect(err).toContain('unknown-calendar');
  });

  test('takes one policy whose calendar SSM has, and refuses one whose calendar nobody has', async () => {
    await run('push', 'p');
    rmSync(join(at.files.path, 'p/calendars'), { recursive: true });
    write('p/email.yaml', policyIn('office').replace('priority: 1', 'priority: 2'));
    expect(await run('push', 'p/email.yaml')).toMatchObject({ code: 0 });
    write('p/email.yaml', policyIn('nights'));
    expect(await run('push', 'p/email.yaml')).toMatchObject({ code: 1 });
  });

  test('takes a calendar alone', async () => {
    await run('push', 'p');
    write('p/calendars/office.yaml', NIGHTS);
    const { code, out } = await run('push', 'p/calendars/office.yaml');
    expect([code, steps(out)]).toEqual([0, [`Wrote ${at.prefix}/calendars/office, version 2.`]]);
  });
});

test('escalator pull writes calendars to their folder, and deletes them there', async () => {
  await at.ssm.put(`${at.prefix}/calendars/nights`, NIGHTS);
  await at.ssm.put(`${at.prefix}/policies/late`, policyIn('nights'));
  const pulled = await run('pull', 'q');
  expect([pulled.code, steps(pulled.out)]).toEqual([
    0,
    ['Wrote q/calendars/nights.yaml.', 'Wrote q/late.yaml.'],
  ]);
  expect(read('q/calendars/nights.yaml')).toBe(NIGHTS);
  expect(await run('diff', 'q')).toMatchObject({ code: 0 });
  await at.ssm.delete(`${at.prefix}/calendars/nights`);
  const again = await run('pull', 'q', '--prune', '--yes');
  expect(steps(again.out)).toEqual(['Deleted q/calendars/nights.yaml.']);
});

test('escalator rollback takes the name of a calendar with its folder', async () => {
  await at.ssm.put(`${at.prefix}/calendars/office`, OFFICE);
  await at.ssm.put(`${at.prefix}/calendars/office`, NIGHTS);
  const { code, out } = await run('rollback', 'calendars/office');
  expect([code, steps(out)]).toEqual([
    0,
    [`Wrote ${at.prefix}/calendars/office, version 3, with the text of version 1.`],
  ]);
});
