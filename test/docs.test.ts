import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contactView } from '../lambda/domain/contact/build-contact-view.ts';
import { parseRuleMessage } from '../lambda/domain/messages/parse.ts';
import { parseSettings } from '../lambda/domain/parse-settings.ts';
import { parsePolicy } from '../lambda/domain/policy/parse.ts';
import { DEFAULT_SETTINGS } from '../lambda/domain/settings.ts';
import { queuedContact } from './support/contacts.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGES = globSync('**/*.md', {
  cwd: ROOT,
  exclude: (path) => ['node_modules', 'cdk.out'].includes(path),
});
const MAX_COLUMNS = 120;

/** Pages whose lines may be longer. */
const UNWRAPPED = [
  'bench/README.md',
  'docs/architecture.md',
  'docs/cli.md',
  'docs/policies.md',
  'docs/problems.md',
  'docs/simulator.md',
];

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** A page without the content of its code blocks. */
const prose = (page: string) =>
  read(page).replaceAll(/^```.*?^```$/gms, (code) => code.replaceAll(/.*/g, ''));

/** The anchors of the headings of a page, as GitHub generates them. */
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
const snippetsWith = (language: string, part: RegExp) =>
  SNIPPETS.filter((snippet) => snippet.language === language && part.test(snippet.text));

describe('the snippets of the documentation', () => {
  // Policies may name the lists of agents that the cookbook has.
  const { settings } = parseSettings(readFileSync(join(ROOT, 'cookbook/settings.yaml'), 'utf8'));

  test.each(snippetsWith('yaml', /^steps:/m))('the policy in $page is valid', ({ text }) => {
    expect(parsePolicy('shown', text, settings).problems).toEqual([]);
  });

  test.each(snippetsWith('yaml', /^updateRate:/m))(
    'the settings in $page are valid, and are the defaults',
    ({ text }) => {
      expect(parseSettings(text)).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
    },
  );

  test.each(snippetsWith('json', /"type": "(?!STANDARD)/))(
    'the message in $page is valid: $text',
    ({ text }) => {
      expect(parseRuleMessage(text, { messageId: 'm', sentAt: 0, instances: ['i'] }).length).toBe(1);
    },
  );

  test.each(snippetsWith('json', /"channel"/))(
    'the contact in $page has every member of the contact view',
    ({ text }) => {
      const record = {
        ...queuedContact({
          initialContactId: 'c-1',
          previousContactId: 'c-1',
          tags: { at: 0, value: {} },
          segmentAttributes: { at: 0, value: {} },
        }),
        attributes: { changedAt: 0, names: [], values: {} },
        recentContacts: 2,
      };
      expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(contactView(record, 0)));
    },
  );

  test('include each kind', () => {
    const kinds = [
      snippetsWith('yaml', /^steps:/m),
      snippetsWith('yaml', /^updateRate:/m),
      snippetsWith('json', /"type"/),
      snippetsWith('json', /"channel"/),
    ];
    expect(kinds.map((snippets) => snippets.length > 0)).toEqual([true, true, true, true]);
  });
});

describe('README.md', () => {
  test('has at most 150 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150);
  });

  test('states the cost of docs/cost.md', () => {
    const [, dollars] =
      /about (\d+) dollars for a million contacts/.exec(read('README.md').replaceAll('\n', ' ')) ?? [];
    expect(read('docs/cost.md')).toContain(`| escalated once | ${dollars} |`);
  });
});

test('the glossary has one meaning for each word', () => {
  const words = read('docs/glossary.md')
    .split('\n')
    .flatMap((line) => /^\| (?!Word \||-)([^|]+) \|/.exec(line)?.[1]?.split(', ') ?? []);
  expect(words.length).toBeGreaterThan(100);
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});

describe('CHANGELOG.md', () => {
  const headings = [...read('CHANGELOG.md').matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading);

  test('has unreleased changes first, then versions with their dates', () => {
    const [first, ...versions] = headings;
    expect(first).toBe('Unreleased');
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2}$/.test(version))).toEqual([]);
  });

  test('has each kind of change once in each version', () => {
    const kinds = read('CHANGELOG.md')
      .split(/^## /m)
      .map((version) => [...version.matchAll(/^### (.*)$/gm)].map(([, kind = '']) => kind));
    expect(kinds).toEqual(kinds.map((ofVersion) => [...new Set(ofVersion)]));
  });

  test('has one line for each change, below its kind', () => {
    const lines = read('CHANGELOG.md').slice(read('CHANGELOG.md').indexOf('## ')).split('\n');
    const kinds = 'Added|Changed|Deprecated|Removed|Fixed|Security';
    const isExpected = (line: string) => line === '' || RegExp(`^(## .+|### (${kinds})|- .+\\.)$`).test(line);
    expect(lines.filter((line) => !isExpected(line))).toEqual([]);
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
