/**
 * What each command of `escalator` calls, and what people may do by the commands. The grants of the construct come from
 * here, and so do the tables of the documentation.
 */

/** What a permission is for. Which ARNs these are, the construct knows. */
export type AccessResource =
  /** The path in SSM, with everything below it. */
  | 'prefix'
  | 'deployment'
  /** The parameter that names the stack with the quota. */
  | 'quotaGuard'
  /** And the calendars and conditions that they name. */
  | 'policies'
  | 'settings'
  | 'pause'
  | 'table'
  | 'queuedIndex'
  | 'pendingIndex'
  | 'ruleMessages'
  | 'operatorMessages'
  | 'dispatch'
  | 'deadLetters'
  | 'functions'
  | 'rules'
  | 'schedule'
  | 'alarms'
  | 'instances'
  /** For actions that have no resource. */
  | 'anything';

/** Actions that a command calls on resources. */
export interface Access {
  readonly actions: readonly string[];
  readonly on: readonly AccessResource[];
}

/** Finds the queues and the table. */
const DEPLOYMENT: Access = { actions: ['ssm:GetParameter'], on: ['deployment'] };

/** All policies and settings. A permission on a path includes everything below it. */
const PARAMETERS: Access = { actions: ['ssm:GetParametersByPath'], on: ['prefix'] };

/** The configuration in force, or the record of a contact. */
const RECORDS: Access = { actions: ['dynamodb:GetItem'], on: ['table'] };

/** The records of contacts that wait. */
const WAITING: readonly Access[] = [
  { actions: ['dynamodb:Scan'], on: ['queuedIndex'] },
  { actions: ['dynamodb:BatchGetItem'], on: ['table'] },
];

const WRITE_POLICIES: readonly Access[] = [
  PARAMETERS,
  DEPLOYMENT,
  RECORDS,
  {
    actions: ['ssm:GetParameter', 'ssm:GetParameterHistory', 'ssm:PutParameter'],
    on: ['policies', 'settings'],
  },
];

/** What instances of Connect have. */
const CONNECT_NAMES = [
  'connect:DescribePredefinedAttribute',
  'connect:ListPredefinedAttributes',
  'connect:ListQueues',
  'connect:ListUsers',
] as const;

/** What tells who waits, and where. */
const STATE = [
  DEPLOYMENT,
  RECORDS,
  ...WAITING,
  { actions: ['dynamodb:Query'], on: ['pendingIndex'] },
  { actions: ['connect:ListQueues'], on: ['instances'] },
] as const satisfies readonly Access[];

/** What the table does not tell: how the last hour was, the alarms that ring, and dead letters. */
const OUTSIDE = [
  { actions: ['cloudwatch:GetMetricData'], on: ['anything'] },
  { actions: ['cloudwatch:DescribeAlarms'], on: ['alarms'] },
  { actions: ['sqs:GetQueueAttributes'], on: ['deadLetters'] },
] as const satisfies readonly Access[];

/** Who wrote the policies in force. */
const AUTHORS: Access = { actions: ['ssm:GetParameterHistory'], on: ['policies'] };
const SEND: Access = { actions: ['sqs:SendMessage'], on: ['ruleMessages', 'operatorMessages'] };

/** Tells whether the settings stop the calls. */
const SETTINGS: Access = { actions: ['ssm:GetParameter', 'ssm:GetParameterHistory'], on: ['settings'] };

/** The commands that call AWS. All others work on files. */
export const COMMAND_ACCESS = {
  'check --against-connect': [DEPLOYMENT, { actions: CONNECT_NAMES, on: ['instances'] }],
  explain: [
    PARAMETERS,
    DEPLOYMENT,
    RECORDS,
    ...WAITING,
    { actions: ['dynamodb:Query'], on: ['queuedIndex'] },
  ],
  status: [...STATE, ...OUTSIDE],
  list: STATE,
  watch: [...STATE, ...OUTSIDE, AUTHORS],
  'watch --operate': [
    PARAMETERS,
    ...STATE,
    ...OUTSIDE,
    AUTHORS,
    SEND,
    { actions: ['ssm:DeleteParameter', 'ssm:GetParameter', 'ssm:PutParameter'], on: ['pause'] },
    SETTINGS,
  ],
  diff: [PARAMETERS, DEPLOYMENT, RECORDS],
  pull: [PARAMETERS],
  plan: [
    PARAMETERS,
    DEPLOYMENT,
    RECORDS,
    { actions: ['ssm:GetParameterHistory'], on: ['policies', 'settings'] },
    ...WAITING,
  ],
  push: WRITE_POLICIES,
  'push --prune': [...WRITE_POLICIES, { actions: ['ssm:DeleteParameter'], on: ['policies'] }],
  rollback: WRITE_POLICIES,
  send: [DEPLOYMENT, SEND],
  'send signal --queue': [
    DEPLOYMENT,
    { actions: ['connect:ListQueues'], on: ['instances'] },
    { actions: ['sqs:SendMessage'], on: ['ruleMessages'] },
  ],
  pause: [DEPLOYMENT, { actions: ['ssm:GetParameter', 'ssm:PutParameter'], on: ['pause'] }],
  resume: [
    PARAMETERS,
    DEPLOYMENT,
    RECORDS,
    { actions: ['ssm:DeleteParameter', 'ssm:GetParameter'], on: ['pause'] },
    SETTINGS,
  ],
  redrive: [
    DEPLOYMENT,
    {
      actions: [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
      ],
      on: ['deadLetters'],
    },
    { actions: ['sqs:SendMessage'], on: ['ruleMessages', 'operatorMessages', 'dispatch'] },
  ],
  adopt: [
    DEPLOYMENT,
    { actions: ['dynamodb:BatchGetItem'], on: ['table'] },
    { actions: ['connect:SearchContacts'], on: ['instances'] },
    { actions: ['sqs:SendMessage'], on: ['operatorMessages'] },
  ],
  doctor: [
    PARAMETERS,
    DEPLOYMENT,
    RECORDS,
    { actions: ['ssm:GetParameter'], on: ['quotaGuard'] },
    { actions: ['sqs:GetQueueAttributes'], on: ['deadLetters'] },
    { actions: ['lambda:GetFunctionConfiguration'], on: ['functions'] },
    { actions: ['events:DescribeRule'], on: ['rules'] },
    { actions: ['scheduler:GetSchedule'], on: ['schedule'] },
    { actions: ['cloudwatch:DescribeAlarms'], on: ['alarms'] },
    { actions: ['connect:DescribeInstance', ...CONNECT_NAMES], on: ['instances'] },
    {
      actions: [
        'cloudwatch:GetMetricData',
        'lambda:GetAccountSettings',
        'lambda:ListEventSourceMappings',
        'servicequotas:ListAWSDefaultServiceQuotas',
        'servicequotas:ListServiceQuotas',
      ],
      on: ['anything'],
    },
  ],
} as const satisfies Readonly<Record<string, readonly Access[]>>;

export type AwsCommand = keyof typeof COMMAND_ACCESS;

/** The commands that each grant of the construct is for. */
export const CAPABILITIES = {
  /** See policies, what is in force, and the records of contacts. */
  view: ['check --against-connect', 'explain', 'status', 'list', 'watch', 'diff', 'plan', 'pull', 'doctor'],
  /** See and change policies and settings. */
  editPolicies: [
    'check --against-connect',
    'explain',
    'status',
    'list',
    'watch',
    'diff',
    'plan',
    'pull',
    'doctor',
    'push',
    'push --prune',
    'rollback',
  ],
  /** See who waits, override and release contacts, signal, stop and start all calls, and redrive. */
  operate: ['watch --operate', 'send', 'send signal --queue', 'pause', 'resume', 'redrive', 'adopt'],
} as const satisfies Readonly<Record<string, readonly AwsCommand[]>>;

export type Capability = keyof typeof CAPABILITIES;

/** The permissions for commands, one for each set of resources, without repeats. */
export function accessOf(commands: readonly AwsCommand[]): Access[] {
  const byResource = new Map<AccessResource, Set<string>>();
  for (const { actions, on } of commands.flatMap((command): readonly Access[] => COMMAND_ACCESS[command])) {
    for (const resource of on) {
      byResource.set(resource, new Set([...(byResource.get(resource) ?? []), ...actions]));
    }
  }
  return [...byResource].map(([resource, actions]) => ({ actions: [...actions].sort(), on: [resource] }));
}

/**
 * What a key of the customer must allow for permissions: reading a table or a queue decrypts, and sending to a queue
 * also asks for a data key.
 */
export function keyActionsOf(permissions: readonly Access[]): string[] {
  const actions = permissions.flatMap((access) => access.actions);
  const isAny = (pattern: RegExp) => actions.some((action) => pattern.test(action));
  return [
    ...(isAny(/^(dynamodb|sqs):/) ? ['kms:Decrypt', 'kms:DescribeKey'] : []),
    ...(isAny(/^sqs:SendMessage$/) ? ['kms:GenerateDataKey'] : []),
  ];
}
