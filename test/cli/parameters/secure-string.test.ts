import { beforeEach, describe, expect, test } from '@jest/globals';
import { DESCRIPTION } from '../../../cli/parameters/parameter-store.ts';
import { policyOf, testPlace } from './fixture.ts';

const TEXTS = {
  'policies/gold': policyOf(1),
  'calendars/office': 'timezone: Europe/Berlin\nhours: ["Mon-Fri 09:00-18:00"]\n',
  'conditions/busy': 'when: { waiting: [{ numeric: [">", 50] }] }\n',
  settings: 'updateRate: 10\n',
} as const;
const SECURE = { Type: 'SecureString', Description: DESCRIPTION } as const;
type Name = keyof typeof TEXTS;

const at = testPlace({
  'contact.json': '{"channel":"VOICE"}',
  'p/other.yaml': policyOf(2),
  'p/gold.yaml': policyOf(2),
  'p/calendars/office.yaml': TEXTS['calendars/office'].replace('Mon', 'Tue'),
  'p/conditions/busy.yaml': TEXTS['conditions/busy'].replace('50', '60'),
  'p/settings.yaml': 'updateRate: 5\n',
  'without/other.yaml': policyOf(2),
});

/** What SSM answers for the text: nobody may read it as one. */
const cipher = (text: string) => Buffer.from(text).toString('base64').slice(0, 16);

async function encrypt(name: string, text: string): Promise<void> {
  await at.ssm.delete(`${at.prefix}/${name}`).catch(() => {});
  await at.ssm.putAs(`${at.prefix}/${name}`, text, SECURE);
}

describe.each(Object.entries(TEXTS))('where %s is a SecureString', (name, text) => {
  const shortName = name.replace('policies/', '');

  beforeEach(async () => {
    await encrypt(name, text);
    at.ssm.writes.length = 0;
  });

  test.each([
    ['push', 'p'],
    ['pull', 'p'],
    ['diff', 'p'],
    ['plan', 'p'],
    ['explain', '--contact-file', 'contact.json'],
    ['rollback', shortName],
  ])('%s %s names it as the cause, and shows no cipher', async (...args) => {
    const { code, out, err } = await at.run(...args);
    expect({ code, writes: at.ssm.writes }).toEqual({ code: args[0] === 'rollback' ? 2 : 1, writes: [] });
    expect(err).toContain(`${at.prefix}/${name} is a SecureString: its text is encrypted`);
    expect(`${out}${err}`).not.toContain(cipher(text));
    expect(err).not.toMatch(/escalator check|is not valid|the same\.$/m);
  });

  test('push --prune deletes it, and shows no cipher', async () => {
    await at.ssm.put(`${at.prefix}/policies/other`, policyOf(2));
    const { code, out, err } = await at.run('push', 'without', '--prune', '--yes');
    expect(code).toBe(0);
    expect(`${out}${err}`).not.toContain(cipher(text));
    if ((name as Name) !== 'settings') {
      expect(out).toContain('-a SecureString, whose text is encrypted\n');
      expect(out).toContain(`Deleted ${at.prefix}/${name}.`);
    }
  });
});

test('resume does not say that nothing stops the calls', async () => {
  await encrypt('settings', 'pause: true\n');
  const { code, out, err } = await at.run('resume');
  expect(code).toBe(1);
  expect(err).toContain(
    `Calls may remain stopped: ${at.prefix}/settings is a SecureString: its text is encrypted`,
  );
  expect(`${out}${err}`).not.toMatch(/Nothing stops|is not valid/);
});

test('a pause that is a SecureString is one, and no cipher is shown', async () => {
  const text = '{"who":"ann","at":"2026-11-23T10:00:00Z","reason":"a test of mine"}';
  await encrypt('pause', text);
  for (const args of [['push', 'p'], ['diff', 'p'], ['pause', '--reason', 'x'], ['resume']]) {
    const { out, err } = await at.run(...args);
    expect(`${out}${err}`).toMatch(/paused (already )?by a SecureString, whose text is encrypted/);
    expect(`${out}${err}`).not.toContain(cipher(text));
  }
});

test('a deployment parameter that is a SecureString is named as the cause', async () => {
  await encrypt('deployment', '{}');
  const { code, err } = await at.run('redrive', '--dry-run');
  expect(code).toBe(3);
  expect(err).toContain(`SSM parameter ${at.prefix}/deployment is a SecureString, whose text is encrypted.`);
  await at.ssm.delete(`${at.prefix}/deployment`);
});
