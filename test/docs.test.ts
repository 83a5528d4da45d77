import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contactView } from '../lambda/domain/contact/contact-view.ts';
import { parseRuleMessage } from '../lambda/domain/messages/parse.ts';
import { parsePolicy } from '../lambda/domain/policy/parse.ts';
import { DEFAULT_SETTINGS, parseSettings } from '../lambda/domain/settings.ts';
import { queuedContact } from './support/contacts.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGES = ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: ROOT })];
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

interface Snippet {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

const SNIPPETS = PAGES.flatMap((page) =>
  [...read(page).matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(
    ([, language = '', text = '']): Snippet => ({ page, language, text }),
  ),
);
const of = (language: string, part: RegExp) =>
  SNIPPETS.filter((snippet) => snippet.language === language && part.test(snippet.text));

describe('what the documentation shows', () => {
  test.each(of('yaml', /^steps:/m))('the policy in $page is valid', ({ text }) => {
    expect(parsePolicy('shown', text).problems).toEqual([]);
  });

  test.each(of('yaml', /^updateRate:/m))(
    'the settings in $page are valid, and are the defaults',
    ({ text }) => {
      expect(parseSettings(text)).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
    },
  );

  test.each(of('json', /"type": "(?!STANDARD)/))('the message in $page is understood: $text', ({ text }) => {
    expect(parseRuleMessage(text, { messageId: 'm', sentAt: 0, instances: ['i'] }).length).toBe(1);
  });

  test.each(of('json', /"channel"/))(
    'the contact in $page has every member that patterns can see',
    ({ text }) => {
      const record = {
        ...queuedContact({
          initialContactId: 'c-1',
          previousContactId: 'c-1',
          tags: { at: 0, value: {} },
          segmentAttributes: { at: 0, value: {} },
        }),
        attributes: { changedAt: 0, names: [], values: {} },
      };
      expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(contactView(record, 0)));
    },
  );

  test('there are snippets of each kind', () => {
    const kinds = [
      of('yaml', /^steps:/m),
      of('yaml', /^updateRate:/m),
      of('json', /"type"/),
      of('json', /"channel"/),
    ];
    expect(kinds.map((snippets) => snippets.length > 0)).toEqual([true, true, true, true]);
  });

  test.each(PAGES)('the npm scripts and the files that %s names exist', (page) => {
    const text = read(page);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)].map(([, name = '']) => name);
    const missing = named.filter(
      (name) => name !== 'ci' && !(name in scripts) && text.includes(`npm run ${name}`),
    );
    const links = [...text.matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    const dead = links.filter(
      (target) => !target.startsWith('http') && !existsSync(join(ROOT, dirname(page), target)),
    );
    expect({ missing, dead }).toEqual({ missing: [], dead: [] });
  });
});

test.each(globSync('policies/*.yaml', { cwd: ROOT }))('%s is valid', (file) => {
  const name = file.replace(/^policies\/(.*)\.yaml$/, '$1');
  expect(parsePolicy(name, read(file)).problems).toEqual([]);
});
