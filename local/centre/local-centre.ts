import {
  type ContactEvent,
  MalformedEventError,
  parseContactEvent,
} from '../../lambda/domain/contact/parse-event.ts';
import { defined } from '../../lambda/domain/json.ts';
import { type CentreDriver, driveCentre } from '../../sim/centre/drive-centre.ts';
import {
  type AgentSpec,
  type CentreOptions,
  ContactCentre,
  type ContactEventEnvelope,
  type InstanceSpec,
  type QueueSpec,
} from '../../sim/centre/index.ts';
import {
  type ConnectCallRecord,
  type ConnectQuotas,
  createConnectService,
  type MetricsRecord,
} from '../connect/index.ts';
import type { RequestLogEntry } from '../endpoint/request-log.ts';
import type { EventBus, EventEnvelope } from '../events/event-bus.ts';
import { type LocalSystem, startLocalSystem } from '../system/system.ts';
import type { HandlerModules } from '../system/system-functions.ts';
import { CLOCK_SCHEDULER } from './clock-scheduler.ts';

/** How the centre routes and handles contacts; the defaults are those of {@link CentreOptions}. */
type CentreBehaviour = Pick<CentreOptions, 'afterContactWorkMs' | 'ageAdjustment' | 'routingLagMs'>;

export interface LocalCentreOptions extends CentreBehaviour {
  /** TCP port on 127.0.0.1; 0 selects a free port. */
  readonly port: number;
  readonly instance: InstanceSpec;
  readonly queues: readonly QueueSpec[];
  readonly agents: readonly AgentSpec[];
  /** Returns numbers from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** SSM path of the policies and settings. */
  readonly prefix: string;
  readonly logDirectory: string;
  /** Default: the sources under `lambda/`. */
  readonly handlers?: HandlerModules;
  /** Called with each call of the Connect API. */
  readonly onCall?: (call: ConnectCallRecord) => void;
  /** Called with each answer of GetCurrentMetricData. */
  readonly onMetrics?: (read: MetricsRecord) => void;
  /** The quotas of Connect. Default: those of a new account. */
  readonly quotas?: ConnectQuotas;
  /** Called with each event of the centre, and when it happened, in milliseconds since the epoch. */
  readonly onCentreEvent?: (event: ContactEvent, at: number) => void;
  /** Called with each contact whose customer disconnects. */
  readonly onDisconnected?: CentreOptions['onDisconnected'];
  /** Called with the id of each contact of which an event tells that the centre did not publish. */
  readonly onForeignEvent?: (contactId: string) => void;
  /** Called with the URL of the queue and the body of each message that is sent to SQS. */
  readonly onMessage?: (queueUrl: string, body: string) => void;
  /** Called with each contact event that contact-events has handled successfully. */
  readonly onEventHandled?: (event: EventEnvelope) => void;
  /** Called with each request to the endpoint after its response is sent. */
  readonly onResponse?: (entry: RequestLogEntry) => void;
}

/** The local system with a simulated contact centre as its Amazon Connect. */
export interface LocalCentre {
  readonly system: LocalSystem;
  readonly centre: ContactCentre;
  readonly driver: CentreDriver;
  /**
   * Runs the centre up to a moment at once. Of what happens until then, only the events of those contacts are published
   * that wait at that moment: the system is as if it had been deployed then.
   *
   * @param until - milliseconds since the epoch.
   */
  runAhead(until: number): void;
  /** Stops the centre, and the system as {@link LocalSystem.stop} does. */
  stop(isAbandoned?: boolean): Promise<void>;
}

/** Starts the endpoint, the functions and the centre. For scaled time, install the clock first. */
export async function startLocalCentre(options: LocalCentreOptions): Promise<LocalCentre> {
  const publishedIds = new Set<string>();
  let bus: EventBus | undefined;
  let driver: CentreDriver | undefined;
  /** Events that are held back while the centre runs ahead. */
  let held: ContactEventEnvelope[] | undefined;
  const publish = (event: ContactEventEnvelope) => {
    publishedIds.add(event.id);
    bus?.put(event);
  };
  const { afterContactWorkMs, ageAdjustment, routingLagMs, onDisconnected } = options;
  const centre: ContactCentre = new ContactCentre({
    instance: options.instance,
    queues: options.queues,
    agents: options.agents,
    random: options.random,
    ...defined({ afterContactWorkMs, ageAdjustment, routingLagMs, onDisconnected }),
    publish(event) {
      if (held) held.push(event);
      else publish(event);
    },
    onEvent: (event) => options.onCentreEvent?.(event, centre.now),
  });
  const system = await startLocalSystem({
    port: options.port,
    region: options.instance.region,
    account: options.instance.account,
    instanceIds: [options.instance.id],
    prefix: options.prefix,
    logDirectory: options.logDirectory,
    handlers: options.handlers,
    onContactEventHandled: options.onEventHandled,
    onResponse: options.onResponse,
    ...defined({ onMessage: options.onMessage }),
    connect(systemBus) {
      bus = systemBus;
      return createConnectService({
        centre,
        agents: options.agents,
        clock: Date.now,
        ...defined({ onMetrics: options.onMetrics, quotas: options.quotas }),
        onCall(call) {
          options.onCall?.(call);
          // The update takes effect after the routing lag, which may be the centre's next event now.
          setImmediate(() => driver?.reschedule());
        },
      });
    },
  });
  driver = driveCentre(centre, CLOCK_SCHEDULER);
  system.bus.addRule({
    name: 'LocalConnect',
    pattern: { source: ['aws.connect'], 'detail-type': [{ suffix: 'Contact Event' }] },
    target: async (event) => {
      if (publishedIds.delete(event.id)) return;
      adoptContact(event, centre, options.onForeignEvent);
      driver?.reschedule();
    },
  });
  return {
    system,
    centre,
    driver,
    runAhead(until) {
      held = [];
      centre.advance(until);
      const events = held;
      held = undefined;
      for (const event of events) if (centre.isWaiting(until, event.detail.contactId)) publish(event);
      driver?.reschedule();
    },
    async stop(isAbandoned) {
      driver?.stop();
      await system.stop(isAbandoned);
    },
  };
}

/** Adds the contact of an event from outside the centre, or updates it. */
function adoptContact(
  event: EventEnvelope,
  centre: ContactCentre,
  onForeignEvent: LocalCentreOptions['onForeignEvent'],
): void {
  try {
    const { facts } = parseContactEvent(event);
    onForeignEvent?.(facts.contactId);
    centre.adopt(Date.now(), facts);
  } catch (error) {
    // contact-events gets the same event and reports its error.
    if (!(error instanceof MalformedEventError)) throw error;
  }
}
