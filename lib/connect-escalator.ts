import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Deployment } from '../lambda/aws/deployment.ts';
import { SERVICE } from '../lambda/aws/metric-names.ts';
import type { ContactUpdate } from '../lambda/domain/messages/event-rules.ts';
import { VERSION } from '../lambda/domain/version.ts';
import type { Capability } from './access.ts';
import { alarmNamePrefix } from './alarm-names.ts';
import { type AlarmId, Alarms } from './alarms/alarms.ts';
import { type AlarmOptions, alarmOptions } from './alarms/options.ts';
import { CompileAtDeployment } from './compile-at-deployment.ts';
import { ContactEvents } from './contact-events.ts';
import { parseContactUpdates } from './contact-updates.ts';
import { ContactsTable } from './contacts-table.ts';
import { type DashboardOptions, OperationsDashboard } from './dashboard/dashboard.ts';
import { DeploymentParameter } from './deployment-parameter.ts';
import { Dispatch } from './dispatch.ts';
import { grantKeyToServices } from './encryption.ts';
import {
  type FunctionSettings,
  type FunctionSizes,
  type LogSettings,
  parseFunctionSizes,
  sizeOf,
} from './function-settings.ts';
import { type AccessArns, grantCapability } from './grants.ts';
import { type ConnectInstances, instancesOf, parseInstanceArns } from './instance-arns.ts';
import { checkReservation, type MaxConcurrency, parseMaxConcurrency } from './max-concurrency.ts';
import { MeasuredConstruct } from './metrics.ts';
import { networkOf } from './network.ts';
import { Parameters } from './parameters.ts';
import { PolicyChanges } from './policy-changes.ts';
import { PolicyFolder } from './policy-folder.ts';
import { parsePrefix } from './prefix.ts';
import { QuotaGuard, quotaOf } from './quota-guard.ts';
import { RuleMessages } from './rule-messages.ts';
import { parseRunbookUrl } from './runbook-url.ts';
import { SavedQueries } from './saved-queries.ts';
import { validateEnvironment, validateResources } from './stack-environment.ts';
import { Sweep } from './sweep.ts';

export interface ConnectEscalatorProps {
  /**
   * ARNs of the Connect instances to serve, such as
   * `arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555`, or tokens, such as
   * `instance.attrArn` and `Fn.importValue('InstanceArn')`. All instances are in one account and Region, those of the
   * stack. The synth checks what it knows of each ARN.
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
  /**
   * A directory with policies and perhaps settings, which are checked at synth and written at deployment as SSM
   * parameters: an alternative to `escalator push`. Relative to the working directory of the synth. Default: none; the
   * owners of the policies push them.
   */
  readonly policies?: string | undefined;
  /** Whether X-Ray traces the functions. Default: false. */
  readonly tracing?: boolean;
  /**
   * The event bus on which the events of Connect arrive, if a rule of yours forwards them there. Default: the default
   * event bus.
   */
  readonly eventBus?: IEventBus | undefined;
  /**
   * What of a waiting contact may change so that its event is delivered: name what your policies name. Events of the kind
   * CONTACT_DATA_UPDATED that change nothing of it are left out, and cost nothing; `[]` leaves all of them out. Not for
   * instances with Amazon Connect Global Resiliency. Default: all events are delivered.
   */
  readonly contactUpdates?: readonly ContactUpdate[] | undefined;
  /**
   * Encrypts the contacts table, all queues and the log groups. Symmetric, in the Region of the stack. Default: the keys
   * that AWS manages or owns.
   */
  readonly encryptionKey?: IKey | undefined;
  /** The log groups of the functions. Default: kept for one month, deleted with the stack, level `INFO`. */
  readonly logs?: LogSettings | undefined;
  /** Memory and reserved concurrency of single functions. Default: 512 MB, and no reserved concurrency. */
  readonly functions?: FunctionSizes | undefined;
  /** The VPC in which the functions run. It needs a way to Connect. Default: outside a VPC. */
  readonly vpc?: IVpc | undefined;
  /** The subnets in which the functions run. Default: the private subnets of `vpc`. */
  readonly vpcSubnets?: SubnetSelection | undefined;
  /** The security groups of the functions. Default: a new one, which lets nothing in and everything out. */
  readonly securityGroups?: readonly ISecurityGroup[] | undefined;
  /**
   * A contacts table that exists already, with the same keys and indexes. Who waits there is remembered. Default: a new
   * one.
   */
  readonly table?: ITable | undefined;
  /** What happens to the contacts table when the stack is deleted. Default: `RemovalPolicy.RETAIN`. */
  readonly tableRemovalPolicy?: RemovalPolicy | undefined;
  /** Whether DynamoDB refuses to delete the contacts table. Default: false. */
  readonly deletionProtection?: boolean | undefined;
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

  readonly #encryptionKey: IKey | undefined;
  readonly #instances: ConnectInstances;

  constructor(scope: Construct, id: string, props: ConnectEscalatorProps) {
    super(scope, id);
    const parsed = parseInstanceArns(props.instanceArns);
    const instances = instancesOf(parsed, Stack.of(this));
    const alarming = alarmOptions(props, parsed);
    const { encryptionKey, eventBus, table } = props;
    this.#encryptionKey = encryptionKey;
    this.#instances = instances;
    const functions: FunctionSettings = {
      tracing: props.tracing ?? false,
      logs: props.logs ?? {},
      sizes: parseFunctionSizes(props.functions),
      network: networkOf(this, props),
      encryptionKey,
    };
    if (encryptionKey) grantKeyToServices(this, encryptionKey);
    const common = { instances, functions, encryptionKey, eventBus };
    const prefix = parsePrefix(props.prefix);
    this.parameters = new Parameters(prefix, instances);
    this.contactsTable = new ContactsTable(this, 'Contacts', {
      table,
      encryptionKey,
      removalPolicy: props.tableRemovalPolicy,
      deletionProtection: props.deletionProtection,
    });
    const maxConcurrency = parseMaxConcurrency(props.maxConcurrency);
    checkReservation(sizeOf(functions, 'rule-messages'), maxConcurrency);
    this.ruleMessages = new RuleMessages(this, 'RuleMessages', { ...common, maxConcurrency });
    this.dispatch = new Dispatch(this, 'Dispatch', common);
    this.contactEvents = new ContactEvents(this, 'ContactEvents', {
      ...common,
      contactUpdates: parseContactUpdates(props.contactUpdates),
    });
    this.policyChanges = new PolicyChanges(this, 'PolicyChanges', { ...common, prefix });
    this.sweep = new Sweep(this, 'Sweep', common);
    this.#grantAccess();
    Stack.of(this).addMetadata(SERVICE, { version: VERSION });
    const policies =
      props.policies === undefined
        ? undefined
        : new PolicyFolder(this, 'Policies', { directory: props.policies, prefix });
    new CompileAtDeployment(this, 'CompileAtDeployment', {
      policyChanges: this.policyChanges,
      after: [this.contactsTable, this.ruleMessages, ...(policies ? [policies] : [])],
    });
    const { ruleMessages, dispatch, contactEvents, policyChanges, sweep } = this;
    const subjects = { instances, ruleMessages, dispatch, contactEvents, policyChanges, sweep, eventBus };
    const alarms =
      alarming && new Alarms(this, 'Alarms', { ...subjects, location: parsed, options: alarming });
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
      deployment: { ...this.#deployment(instances, alarms), stackParameters: policies?.parameterNames },
    });
    // Of two stacks with one prefix, the second fails at the guard, whose name says why.
    deployment.node.addDependency(new QuotaGuard(this, 'QuotaGuard', prefix));
    new SavedQueries(this, 'SavedQueries', {
      functions: [this.dispatch.function, this.contactEvents.function, this.ruleMessages.function],
    });
    const stack = Stack.of(this);
    this.#quota = quotaOf(instances, stack);
    this.node.addValidation({
      validate: () => [
        ...validateEnvironment(stack, parsed),
        ...validateResources(stack, { encryptionKey, eventBus, table }),
        ...this.#validateQuota(),
      ],
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

  /**
   * Allows to see policies, what is in force, and contacts: `escalator status`, `list`, `watch`, `explain`, `diff`,
   * `plan`, `pull` and `doctor`.
   */
  grantView(grantee: IGrantable): Grant {
    return this.#grant(grantee, 'view');
  }

  /** Allows to see and change policies and settings: `grantView`, `escalator push` and `rollback`. */
  grantEditPolicies(grantee: IGrantable): Grant {
    return this.#grant(grantee, 'editPolicies');
  }

  /** Allows to act in operation: `escalator watch --operate`, `send`, `pause`, `resume`, `redrive` and `adopt`. */
  grantOperate(grantee: IGrantable): Grant {
    return this.#grant(grantee, 'operate');
  }

  #grant(grantee: IGrantable, capability: Capability): Grant {
    const { signals, operators, wakeUps } = this.ruleMessages;
    const deadLetterQueues = [
      this.contactEvents,
      signals,
      operators,
      wakeUps,
      this.dispatch,
      this.policyChanges,
    ];
    const functions = [this.contactEvents, this.ruleMessages, this.dispatch, this.policyChanges, this.sweep];
    const { partition, region, account, arns: instanceArns } = this.#instances;
    const arns: AccessArns = {
      ...this.parameters.arns,
      ...this.contactsTable.arns,
      ruleMessages: [signals.queue.queueArn],
      operatorMessages: [operators.queue.queueArn],
      dispatch: [this.dispatch.queue.queueArn],
      deadLetters: deadLetterQueues.map(({ deadLetterQueue }) => deadLetterQueue.queueArn),
      functions: functions.map((component) => component.function.functionArn),
      rules: [this.contactEvents, this.policyChanges, this.ruleMessages].map(({ rule }) => rule.ruleArn),
      schedule: [this.sweep.schedule.scheduleArn],
      alarms: [`arn:${partition}:cloudwatch:${region}:${account}:alarm:*`],
      instances: instanceArns.flatMap((arn) => [arn, `${arn}/queue/*`, `${arn}/agent/*`]),
      anything: ['*'],
    };
    const keys = new Set([this.#encryptionKey, this.contactsTable.table.encryptionKey]);
    return grantCapability(
      grantee,
      capability,
      arns,
      [...keys].filter((key) => key !== undefined),
    );
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
    for (const fn of [contactEvents, ruleMessages]) {
      this.dispatch.grantSend(fn);
      this.contactsTable.grantCustomers(fn);
    }
    for (const fn of [policyChanges, sweep]) {
      this.parameters.grantRead(fn);
      this.contactsTable.grantPublishConfiguration(fn);
      this.ruleMessages.wakeUps.grantSend(fn);
    }
    this.contactsTable.grantReadQueueStates(contactEvents);
    this.contactsTable.grantFanOut(ruleMessages);
    this.contactsTable.grantPending(dispatch);
    this.contactsTable.grantCalls(dispatch);
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
          `${this.node.path} and ${other.node.path} share the quota of ${this.#quota}, and each would spend ` +
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
