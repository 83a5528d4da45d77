import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { type RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Deployment } from '../lambda/aws/deployment.ts';
import { SERVICE } from '../lambda/aws/metric-names.ts';
import { VERSION } from '../lambda/domain/version.ts';
import { alarmNamePrefix } from './alarm-names.ts';
import { type AlarmId, Alarms } from './alarms/alarms.ts';
import { type AlarmOptions, alarmOptions } from './alarms/options.ts';
import { CompileAtDeployment } from './compile-at-deployment.ts';
import { ContactEvents } from './contact-events.ts';
import { ContactsTable } from './contacts-table.ts';
import { type DashboardOptions, OperationsDashboard } from './dashboard/dashboard.ts';
import { DeploymentParameter } from './deployment-parameter.ts';
import { Dispatch } from './dispatch.ts';
import { type ConnectInstances, parseInstanceArns } from './instance-arns.ts';
import { type MaxConcurrency, parseMaxConcurrency } from './max-concurrency.ts';
import { MeasuredConstruct } from './metrics.ts';
import { Parameters } from './parameters.ts';
import { PolicyChanges } from './policy-changes.ts';
import { parsePrefix } from './prefix.ts';
import { QuotaGuard } from './quota-guard.ts';
import { RuleMessages } from './rule-messages.ts';
import { parseRunbookUrl } from './runbook-url.ts';
import { SavedQueries } from './saved-queries.ts';
import { Sweep } from './sweep.ts';

export interface ConnectEscalatorProps {
  /**
   * ARNs of the Connect instances to serve, as literal strings, such as
   * `arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555`. All instances
   * are in one account and Region, those of the stack.
   */
  readonly instanceArns: readonly string[];
  /** SSM path above the settings and policies. Default: `/connect-escalator`. */
  readonly prefix?: string | undefined;
  /**
   * ARN of the SNS topic that receives the alarms, or a token: short for `alarms: { actions: [arn] }`. Default: none;
   * alarms change state, but no notification is sent.
   */
  readonly alarmTopicArn?: string | undefined;
  /**
   * What alarms do, at which thresholds, and where they find the runbook; `false`: no alarms. Default: alarms without
   * actions.
   */
  readonly alarms?: false | AlarmOptions | undefined;
  /** The name and time span of the dashboard; `false`: no dashboard. Default: a dashboard. */
  readonly dashboard?: false | DashboardOptions | undefined;
  /**
   * How many invocations the messages of each queue take at the same time, at most: whole numbers from 2 to 1,000.
   * Default: 2 for signals, 2 for messages of operators and 3 for wake-ups, which suits the limit of a new account.
   */
  readonly maxConcurrency?: MaxConcurrency;
  /** Whether X-Ray traces the functions. Default: false. */
  readonly tracing?: boolean;
  /** What happens to the contacts table when the stack is deleted. Default: `RemovalPolicy.RETAIN`. */
  readonly tableRemovalPolicy?: RemovalPolicy;
}

/**
 * The whole system, as part of a stack. Use one for each account and Region: the quota of
 * UpdateContactRoutingData is counted per account and Region, and each system assumes that it has its share
 * of the quota alone.
 *
 * @example
 * new ConnectEscalator(this, 'Escalator', { instanceArns: ['arn:aws:connect:…:instance/…'] });
 *
 * @throws ConfigError if a property is invalid.
 */
export class ConnectEscalator extends MeasuredConstruct {
  /** The SSM parameters of policies and settings. */
  readonly parameters: Parameters;
  /** The table of contact records. */
  readonly contactsTable: ContactsTable;
  /** The queues of messages, with their function. */
  readonly ruleMessages: RuleMessages;
  /** The function that calls Connect, with its queue. */
  readonly dispatch: Dispatch;
  /** The function that processes contact events. */
  readonly contactEvents: ContactEvents;
  /** The function that processes changes of policies and settings. */
  readonly policyChanges: PolicyChanges;
  /** The function that recovers from lost messages and sends events every minute. */
  readonly sweep: Sweep;
  /** The alarms by id, such as `alarms.DispatchStuck`; none where the property `alarms` is `false`. */
  readonly alarms: Readonly<Partial<Record<AlarmId, Alarm>>>;
  /** The dashboard, to which widgets can be added; undefined where the property `dashboard` is `false`. */
  readonly dashboard: Dashboard | undefined;
  /** The account and Region whose quota it spends. */
  readonly #quota: string;

  constructor(scope: Construct, id: string, props: ConnectEscalatorProps) {
    super(scope, id);
    const instances = parseInstanceArns(props.instanceArns);
    const alarming = alarmOptions(props, instances);
    const common = { instances, tracing: props.tracing ?? false };
    const prefix = parsePrefix(props.prefix);
    this.parameters = new Parameters(prefix, instances);
    this.contactsTable = new ContactsTable(this, 'Contacts', { removalPolicy: props.tableRemovalPolicy });
    this.ruleMessages = new RuleMessages(this, 'RuleMessages', {
      ...common,
      maxConcurrency: parseMaxConcurrency(props.maxConcurrency),
    });
    this.dispatch = new Dispatch(this, 'Dispatch', common);
    this.contactEvents = new ContactEvents(this, 'ContactEvents', common);
    this.policyChanges = new PolicyChanges(this, 'PolicyChanges', { ...common, prefix });
    this.sweep = new Sweep(this, 'Sweep', common);
    this.#grantAccess();
    Stack.of(this).addMetadata(SERVICE, { version: VERSION });
    new CompileAtDeployment(this, 'CompileAtDeployment', {
      policyChanges: this.policyChanges,
      after: [this.contactsTable, this.ruleMessages],
    });
    const { ruleMessages, dispatch, contactEvents, policyChanges, sweep } = this;
    const subjects = { instances, ruleMessages, dispatch, contactEvents, policyChanges, sweep };
    const alarms =
      alarming && new Alarms(this, 'Alarms', { ...subjects, location: instances, options: alarming });
    this.alarms = alarms?.byId ?? {};
    const runbookUrl = parseRunbookUrl(alarming?.runbookUrl);
    this.dashboard =
      props.dashboard === false
        ? undefined
        : new OperationsDashboard(this, 'Dashboard', {
            ...subjects,
            options: props.dashboard ?? {},
            alarms,
            runbookUrl,
          });
    const deployment = new DeploymentParameter(this, 'Deployment', {
      prefix,
      deployment: this.#deployment(instances, alarms),
    });
    // Of two stacks with one prefix, the second fails at the guard, whose name says why.
    deployment.node.addDependency(new QuotaGuard(this, 'QuotaGuard', prefix));
    new SavedQueries(this, 'SavedQueries', {
      functions: [this.dispatch.function, this.contactEvents.function, this.ruleMessages.function],
    });
    this.#quota = `${instances.account} in ${instances.region}`;
    this.node.addValidation({
      validate: () => [...validateEnvironment(Stack.of(this), instances), ...this.#validateQuota()],
    });
  }

  /**
   * Allows a CRM, a bot or another system to send signals. It may send neither overrides nor wake-ups.
   *
   * @param grantee - such as the role of a function.
   */
  grantSendSignals(grantee: IGrantable): Grant {
    return this.ruleMessages.signals.grantSendTo(grantee);
  }

  /**
   * Allows operators to send overrides, releases and `reevaluate`, and to redrive contact events.
   *
   * @param grantee - such as a role that people assume.
   */
  grantSendOverrides(grantee: IGrantable): Grant {
    return this.ruleMessages.operators.grantSendTo(grantee);
  }

  /** Grants each function access to what it uses beside its own queue. */
  #grantAccess(): void {
    const contactEvents = this.contactEvents.function;
    const ruleMessages = this.ruleMessages.function;
    const dispatch = this.dispatch.function;
    const policyChanges = this.policyChanges.function;
    const sweep = this.sweep.function;
    for (const fn of [contactEvents, ruleMessages, dispatch]) {
      this.contactsTable.grantRecords(fn);
      this.ruleMessages.wakeUps.grantSend(fn);
    }
    for (const fn of [contactEvents, ruleMessages]) this.dispatch.grantSend(fn);
    for (const fn of [policyChanges, sweep]) {
      this.parameters.grantRead(fn);
      this.contactsTable.grantPublishConfiguration(fn);
      this.ruleMessages.wakeUps.grantSend(fn);
    }
    this.contactsTable.grantQueued(ruleMessages);
    this.contactsTable.grantPending(dispatch);
    this.contactsTable.grantIdempotency(dispatch);
    this.contactsTable.grantSweep(sweep);
    this.dispatch.grantSend(sweep);
  }

  /** Two systems with one quota would call twice as often as Connect permits. Stages count as well. */
  #validateQuota(): string[] {
    return this.node.root.node
      .findAll()
      .filter((one): one is ConnectEscalator => one instanceof ConnectEscalator && one !== this)
      .filter((other) => other.#quota === this.#quota)
      .map(
        (other) =>
          `${this.node.path} and ${other.node.path} share the quota of account ${this.#quota}, and each would spend ` +
          'all of it. Use one ConnectEscalator for each account and Region, with all instances in instanceArns.',
      );
  }

  #deployment(instances: ConnectInstances, alarms: Alarms | undefined): Deployment {
    return {
      version: VERSION,
      instanceIds: instances.ids,
      contactsTable: this.contactsTable.table.tableName,
      ruleMessagesQueueUrl: this.ruleMessages.signals.queue.queueUrl,
      operatorMessagesQueueUrl: this.ruleMessages.operators.queue.queueUrl,
      wakeUpsQueueUrl: this.ruleMessages.wakeUps.queue.queueUrl,
      dispatchQueueUrl: this.dispatch.queue.queueUrl,
      deadLetterQueueUrls: {
        ContactEventsDlq: this.contactEvents.deadLetterQueue.queueUrl,
        RuleMessagesDlq: this.ruleMessages.signals.deadLetterQueue.queueUrl,
        OperatorMessagesDlq: this.ruleMessages.operators.deadLetterQueue.queueUrl,
        WakeUpsDlq: this.ruleMessages.wakeUps.deadLetterQueue.queueUrl,
        DispatchDlq: this.dispatch.deadLetterQueue.queueUrl,
        PolicyChangesDlq: this.policyChanges.deadLetterQueue.queueUrl,
      },
      resources: {
        functions: {
          ContactEvents: this.contactEvents.function.functionName,
          RuleMessages: this.ruleMessages.function.functionName,
          Dispatch: this.dispatch.function.functionName,
          PolicyChanges: this.policyChanges.function.functionName,
          Sweep: this.sweep.function.functionName,
        },
        rules: [this.contactEvents.rule, this.policyChanges.rule, this.ruleMessages.rule].map(
          ({ ruleName }) => ruleName,
        ),
        schedule: this.sweep.schedule.scheduleName,
        alarmPrefix: alarms && alarmNamePrefix(alarms),
      },
    };
  }
}

/** Connect publishes the events of an instance in its account and Region, so the stack must be there. */
function validateEnvironment(stack: Stack, { account, region }: ConnectInstances): string[] {
  return [
    { kind: 'Region', instances: region, stack: stack.region },
    { kind: 'account', instances: account, stack: stack.account },
  ]
    .filter((scope) => !Token.isUnresolved(scope.stack) && scope.stack !== scope.instances)
    .map(
      (scope) =>
        `The stack is in ${scope.kind} ${scope.stack}, but its Connect instances are in ` +
        `${scope.instances}. Give the stack the env { account: '${account}', region: '${region}' }.`,
    );
}
