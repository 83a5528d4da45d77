import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { synthesized } from './synthesized.ts';

const text = readFileSync('docs/runbook.md', 'utf8');
const [definitions = '', ...snippets] = [...text.matchAll(/^```bash\n(.*?)^```/gms)].map(([, code]) => code);

/** Answers as the AWS CLI would, and writes down what it was asked. The dead-letter queue holds two events. */
const AWS = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const args = process.argv.slice(2);
const before = existsSync('calls') ? readFileSync('calls', 'utf8') : '';
appendFileSync('calls', JSON.stringify(args) + '\\n');
const letters = [
  ['handle-1', JSON.stringify({ detail: { contactId: 'a' } })],
  ['handle-2', JSON.stringify({ requestPayload: { detail: { contactId: 'b' } } })],
];
const deleted = before.split('"delete-message"').length - 1;
const answers = {
  'receive-message': () => JSON.stringify(letters[deleted] ?? null),
  'list-stack-resources': () => /contains\\(LogicalResourceId, '(.*)'\\)/.exec(args.join(' '))[1],
  'describe-stacks': () => /OutputKey=='(.*)'/.exec(args.join(' '))[1],
};
console.log(answers[args[1]]?.() ?? args[1]);
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runbook-'));
  writeFileSync(join(folder, 'aws'), AWS);
  chmodSync(join(folder, 'aws'), 0o755);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a snippet after the definitions, and returns the calls of the AWS CLI that it made. */
function run(snippet: string): string[][] {
  rmSync(join(folder, 'calls'), { force: true });
  execFileSync('bash', ['-euo', 'pipefail', '-c', `${definitions}\n${snippet}`], {
    cwd: folder,
    env: { PATH: [folder, dirname(process.execPath), process.env.PATH].join(delimiter), EDITOR: 'true' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return readFileSync(join(folder, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('every snippet runs', () => {
  test.each(snippets.map((snippet) => [snippet]))('%s', (snippet) => {
    expect(run(String(snippet)).length).toBeGreaterThan(0);
  });
});

test('the loop over dead contact events hands each over once and ends', () => {
  const loop = snippets.find((snippet) => snippet?.includes('while true'));
  const calls = run(String(loop)).filter(([, operation]) =>
    /^(invoke|delete-message)$/.test(String(operation)),
  );
  expect(calls.map((args) => [args[1], args[args.indexOf('--payload') + 1], args.at(-1)])).toEqual([
    ['invoke', '{"detail":{"contactId":"a"}}', '/dev/null'],
    ['delete-message', 'sqs', 'handle-1'],
    ['invoke', '{"detail":{"contactId":"b"}}', '/dev/null'],
    ['delete-message', 'sqs', 'handle-2'],
  ]);
});

describe('every name that a snippet looks up is in the stack, once', () => {
  const { template } = synthesized();
  const resources = Object.entries<{ Type: string }>(template.toJSON().Resources);
  const lookups = [
    ...text.matchAll(/resource (AWS::\S+) ([A-Za-z]+)/g),
    ...[...text.matchAll(/^dead (\w+)/gm)].map(([, name]) => ['', 'AWS::SQS::Queue', name]),
    ...[...text.matchAll(/^problems (\w+)/gm)].map(([, name]) => [
      '',
      'AWS::Logs::LogGroup',
      `${name}FunctionLogs`,
    ]),
  ].map(([, type, part]) => ({ type, part }));
  const outputs = [...text.matchAll(/\(output (\w+)\)/g)].map(([, name]) => name);

  test.each(lookups)('$type $part', ({ type, part }) => {
    expect(resources.filter(([id, { Type }]) => Type === type && id.includes(String(part)))).toHaveLength(1);
  });

  test.each(outputs.map((name) => [name]))('output %s', (name) => {
    expect(Object.keys(template.toJSON().Outputs)).toContain(name);
  });
});

test('every link within the runbook leads to a heading', () => {
  const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading?.toLowerCase().replaceAll(' ', '-'),
  );
  const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
  expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
});
