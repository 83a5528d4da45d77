import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Stack } from 'aws-cdk-lib/core';
import { HIPAASecurityChecks, type NagPack, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import type { ConnectEscalatorProps } from '../../lib/index.ts';
import { synthesizeWith } from './synthesize.ts';

/* docs/compliance.md: UPDATE_DOCS=1 npm test -- test/lib/compliance writes its table. */

const PAGE = join(import.meta.dirname, '../../docs/compliance.md');

const PACKS: readonly { readonly name: string; readonly pack: new () => NagPack }[] = [
  { name: 'NIST 800-53 R5', pack: NIST80053R5Checks },
  { name: 'HIPAA', pack: HIPAASecurityChecks },
  { name: 'PCI DSS 3.2.1', pack: PCIDSS321Checks },
];

const RESERVED = { reservedConcurrency: 7 };

type Props = (stack: Stack) => Partial<ConnectEscalatorProps>;

/** The properties that resolve findings, each with a value that does. */
const PROPERTIES: Readonly<Record<string, Props>> = {
  encryptionKey: (stack) => ({ encryptionKey: new Key(stack, 'Key') }),
  vpc: (stack) => ({ vpc: new Vpc(stack, 'Vpc') }),
  'functions (reservedConcurrency of each)': () => ({
    functions: {
      contactEvents: RESERVED,
      ruleMessages: RESERVED,
      dispatch: RESERVED,
      policyChanges: RESERVED,
      sweep: RESERVED,
    },
  }),
  alarmTopicArn: () => ({ alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:on-call' }),
};

/** Why the construct is as it is where the property is not set, or no property resolves the finding. */
const REASONS: Readonly<Record<string, string>> = {
  CloudWatchAlarmAction: 'Only you know who is to be called.',
  CloudWatchLogGroupEncrypted:
    'CloudWatch encrypts the logs with a key of its own. They contain ids, and no data of customers.',
  IAMNoInlinePolicy:
    'Each role has one policy that names the resources of this stack, and nobody else has them: a managed policy could be attached to others.',
  LambdaConcurrency: 'A new account has a concurrency of 10, of which nothing can be reserved.',
  LambdaDLQ:
    'The rule looks for one way only. contact-events and policy-changes have a failure destination, rule-messages and dispatch a dead-letter queue behind their queue, and the next sweep does what a failed one left.',
  LambdaInsideVPC: 'The functions call AWS alone, and nothing can call them over a network.',
};

/** The rules that a pack finds violated in the construct, without the name of the pack. */
function findings(stack: Stack, Pack: new () => NagPack): string[] {
  return new Pack()
    .validateScope(stack)
    .violations.filter(({ violatingResources }) =>
      violatingResources.some(({ constructPath }) => constructPath?.startsWith('UserStack/Escalator/')),
    )
    .map(({ ruleName }) => ruleName.replace(/^.*-/, ''));
}

const withProps = (props: Props) => synthesizeWith(props).stack;

function complianceTable(): string {
  const plain = withProps(() => ({}));
  const byPack = PACKS.map(({ name, pack }) => ({ name, rules: findings(plain, pack) }));
  const withProperty = Object.entries(PROPERTIES).map(([name, props]) => {
    const stack = withProps(props);
    return { name, rules: new Set(PACKS.flatMap(({ pack }) => findings(stack, pack))) };
  });
  const rows = [...new Set(byPack.flatMap(({ rules }) => rules))].sort().map((rule) => {
    const packs = byPack.filter(({ rules }) => rules.includes(rule)).map(({ name }) => name);
    const properties = withProperty.filter(({ rules }) => !rules.has(rule)).map(({ name }) => `\`${name}\``);
    const reason = REASONS[rule] ?? `No reason is written for ${rule}.`;
    return `| ${rule} | ${packs.join(', ')} | ${properties.join(', ') || 'none'} | ${reason} |`;
  });
  return [
    '| Rule | Found by | Resolved by | Why it is so by default |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

describe('docs/compliance.md', () => {
  test('lists what the rules of NIST, HIPAA and PCI DSS find, and what resolves it', () => {
    const page = readFileSync(PAGE, 'utf8');
    const section = /(?<=<!-- findings -->\n).*?(?=<!-- end of findings -->)/s;
    expect(page).toMatch(section);
    const current = page.replace(section, () => `\n${complianceTable()}\n\n`);
    if (process.env.UPDATE_DOCS) writeFileSync(PAGE, current);
    else expect(page).toBe(current);
  });

  test('with every property set, only what no property resolves remains', () => {
    const stack = withProps((scope) =>
      Object.assign({}, ...Object.values(PROPERTIES).map((props) => props(scope))),
    );
    const left = PACKS.map(({ pack }) => findings(stack, pack));
    expect(left).toEqual([
      ['IAMNoInlinePolicy', 'LambdaDLQ'],
      ['IAMNoInlinePolicy', 'LambdaDLQ'],
      ['IAMNoInlinePolicy'],
    ]);
    const page = readFileSync(PAGE, 'utf8');
    const unresolved = [...page.matchAll(/^\| (\w+) \|[^|]*\| none \|/gm)].map(([, rule]) => rule);
    expect(unresolved).toEqual(['IAMNoInlinePolicy', 'LambdaDLQ']);
  });
});
