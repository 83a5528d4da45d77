import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A call of the AWS CLI or of npx: the name of the program, then its arguments. */
export type Call = readonly string[];

/** What came of a snippet. */
export interface SnippetRun {
  readonly status: number;
  readonly stderr: string;
  readonly calls: readonly Call[];
}

/** The commands of the AWS CLI that the fake one accepts. It fails on every other. */
const AWS_COMMANDS = [
  'cloudformation describe-stacks',
  'cloudformation list-stack-resources',
  'cloudtrail lookup-events',
  'cloudwatch get-metric-statistics',
  'dynamodb get-item',
  'dynamodb query',
  'dynamodb scan',
  'events describe-rule',
  'lambda get-account-settings',
  'lambda list-event-source-mappings',
  'logs tail',
  'scheduler get-schedule',
  'service-quotas list-service-quotas',
  'sqs receive-message',
  'sqs send-message',
  'ssm delete-parameter',
  'ssm get-parameter',
  'ssm get-parameter-history',
  'ssm get-parameters-by-path',
  'ssm put-parameter',
];

/** The AWS CLI and npx as shell functions: they record their arguments, and name a resource or output by its query. */
const FAKES = String.raw`
record() { printf '%s\0' "$#" "$@" >> "$CALLS"; }
npx() { record npx "$@"; }
RESOURCE="contains\(LogicalResourceId, '([^']*)'\)"
OUTPUT="OutputKey=='([^']*)'"
aws() {
  record aws "$@"
  case "$1 $2" in
    ${AWS_COMMANDS.map((command) => `'${command}'`).join('|')}) ;;
    *) echo "unexpected: aws $1 $2" >&2; return 252 ;;
  esac
  if [[ "$*" =~ $RESOURCE || "$*" =~ $OUTPUT ]]; then echo "\${BASH_REMATCH[1]}"; else echo "$2"; fi
}
`.replaceAll('\\${', '${');

/** Runs each snippet after the definitions, all in one process of bash, and returns what each one called. */
export async function runSnippets(definitions: string, snippets: readonly string[]): Promise<SnippetRun[]> {
  const folder = mkdtempSync(join(tmpdir(), 'snippets-'));
  try {
    writeFileSync(join(folder, 'definitions.sh'), definitions);
    snippets.forEach((snippet, index) => {
      writeFileSync(join(folder, `${index}.sh`), snippet);
    });
    const script = snippets.map(
      (_, index) =>
        `( set -euo pipefail; CALLS=${index}.calls; : > $CALLS; source definitions.sh; source ${index}.sh ) ` +
        `> /dev/null 2> ${index}.stderr\necho $? > ${index}.status`,
    );
    await promisify(execFile)('bash', ['-c', `${FAKES}\n${script.join('\n')}`], {
      cwd: folder,
      env: { PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), EDITOR: 'true' },
    });
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    return snippets.map((_, index) => ({
      status: Number(read(`${index}.status`)),
      stderr: read(`${index}.stderr`),
      calls: parseCalls(read(`${index}.calls`)),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each call is the number of its words, then the words, all followed by NUL. */
function parseCalls(recorded: string): Call[] {
  const words = recorded.split('\0').slice(0, -1);
  const calls: Call[] = [];
  while (words.length > 0) calls.push(words.splice(0, Number(words.shift())));
  return calls;
}

/** The options of a call: `--name value`, or the empty string for an option without a value. */
export function optionsOf(call: Call): Readonly<Record<string, string>> {
  return Object.fromEntries(
    call.flatMap((word, index) => {
      if (!word.startsWith('--')) return [];
      const next = call[index + 1];
      return [[word.slice(2), next === undefined || next.startsWith('--') ? '' : next]];
    }),
  );
}
