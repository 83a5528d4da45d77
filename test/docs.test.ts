import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contactView } from '../lambda/domain/contact/contact-view.ts';
import { parseRuleMessage } from '../lambda/domain/messages/parse.ts';
import { parsePolicy } from '../lambda/domain/policy/parse.ts';
import { DEFAULT_SETTINGS, parseSettings } from '../lambda/domain/settings.ts';
import { queuedContact } from './support/contacts.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGES = globSync('**/*.md', { cwd: ROOT, exclude: (path) => path === 'node_modules' });
const MAX_COLUMNS = 120;

/** Pages with longer lines. */
const UNWRAPPED = [
  'bench/README.md',
  'docs/architecture.md',
  'docs/cli.md',
  'docs/policies.md',
  'docs/problems.md',
  'docs/simulator.md',
];

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** A page without its fenced blocks of code, whose lines become empty. */
const prose = (page: string) =>
  read(page).replaceAll(/^```.*?^```$/gms, (code) => code.replaceAll(/.*/g, ''));

/** The anchors of a page, as GitHub makes them of headings. */
const anchorsOf = (page: string) =>
  [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );

/** Whether a link of a page leads to a file and, where it names one, to a heading of that file. */
function isResolved(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  return existsSync(join(ROOT, target)) && (anchor === undefined || anchorsOf(target).includes(anchor));
}

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
});

describe('README.md', () => {
  test('can be read in one go: it has at most 150 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150);
  });

  test('has the same figure of the cost as docs/cost.md', () => {
    const [, dollars] =
      /about (\d+) dollars for a million contacts/.exec(read('README.md').replaceAll('\n', ' ')) ?? [];
    expect(read('docs/cost.md')).toContain(`| escalated once | ${dollars} |`);
  });
});

describe.each(PAGES)('%s', (page) => {
  test('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('has no dead link within the project', () => {
    const links = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const local = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(local.filter((link) => !isResolved(page, link))).toEqual([]);
  });
});

test.each(PAGES.filter((page) => !UNWRAPPED.includes(page)))(
  `%s has lines of at most ${MAX_COLUMNS} columns, tables and code aside`,
  (page) => {
    const lines = prose(page).split('\n');
    expect(lines.filter((line) => line.length > MAX_COLUMNS && !line.startsWith('|'))).toEqual([]);
  },
);

test.each(globSync('policies/*.yaml', { cwd: ROOT }))('%s is valid', (file) => {
  const name = file.replace(/^policies\/(.*)\.yaml$/, '$1');
  expect(parsePolicy(name, read(file)).problems).toEqual([]);
});

test.each(PAGES.filter((page) => page.startsWith('docs/decisions/')))(
  '%s has a status, a context, a decision and consequences',
  (page) => {
    expect(read(page)).toMatch(/^# .+\n\nStatus: \w/);
    expect(anchorsOf(page).slice(1)).toEqual(['context', 'decision', 'consequences']);
  },
);
