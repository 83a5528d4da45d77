import type { AsyncLocalStorage } from 'node:async_hooks';
import type { ContactKey } from '../../../lambda/domain/contact/contact-key.ts';
import { canonicalJson, type JsonObject } from '../../../lambda/domain/json.ts';
import type { UpdateResult } from '../../../lambda/domain/reconcile/update-result.ts';
import type { RoutingUpdate } from '../../../lambda/domain/routing/routing.ts';
import { contactResponse } from '../../../local/connect/contact-response.ts';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import type { LocalRequest, LocalResponse } from '../../../local/endpoint/http.ts';
import { restJsonError, restJsonResponse } from '../../../local/endpoint/rest-json.ts';
import type { ContactCentre } from '../../centre/index.ts';
import type { Random } from '../../random.ts';
import type { VirtualTime } from '../../virtual/virtual-time.ts';
import type { InvariantChecker } from '../invariant-checker.ts';
import type { Outages } from '../outages.ts';
import type { Process } from '../process.ts';
import type { SimulatedConnect } from '../simulated-connect.ts';
import type { CurrentCall } from './answer-checker.ts';
import type { Call } from './network.ts';

/** What the service needs of the run. */
export interface ConnectWorld {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly checker: InvariantChecker;
  readonly connect: SimulatedConnect;
  readonly centres: ReadonlyMap<string, ContactCentre>;
  readonly outages: Outages;
  readonly pageSize: number;
  readonly calls: AsyncLocalStorage<CurrentCall>;
}

const CONTACT_PATH = /^\/contacts\/(?<instanceId>[^/]+)\/(?<contactId>[^/]+?)(?<isUpdate>\/routing-data)?$/;

const INSTANCE_PATH = /^\/(?<collection>metrics\/current|queues-summary)\/(?<of>[^/]+)$/;

const INTERNAL = restJsonError(new AwsError('InternalServiceException', 'Request processing failed.', 500));

/** A failed call has no effect, or nobody can tell. Throttles and conflicts are faults of Connect itself. */
const FAILURES = [INTERNAL];

/** Seconds since the epoch that Connect may write where a time is not set. */
const NOT_SET = 0.001;

/** Amazon Connect: the protocol around the simulated one, with the names and forms of its answers. */
export class ConnectService {
  readonly #world: ConnectWorld;

  constructor(world: ConnectWorld) {
    this.#world = world;
  }

  readonly open = (request: LocalRequest, process: Process): Call => {
    if (request.path === '/search-contacts') {
      const body = JSON.parse(request.body);
      return this.#list(`search ${body.InstanceId}`, 'SearchContacts', () => this.#search(body));
    }
    const { collection, of: asked = '' } = INSTANCE_PATH.exec(request.path)?.groups ?? {};
    if (collection === 'metrics/current') return this.#metrics(asked, JSON.parse(request.body));
    if (collection === 'queues-summary') return this.#queues(asked, request.query.get('nextToken'));
    const { instanceId = '', contactId = '', isUpdate } = CONTACT_PATH.exec(request.path)?.groups ?? {};
    const key = { instanceId: decodeURIComponent(instanceId), contactId: decodeURIComponent(contactId) };
    return isUpdate === undefined
      ? this.#describe(key, process)
      : this.#update(key, JSON.parse(request.body), process);
  };

  #update(key: ContactKey, update: RoutingUpdate, process: Process): Call {
    const { checker, connect, time, calls } = this.#world;
    const current = calls.getStore();
    if (!current?.attempt) throw new TypeError(`${key.contactId} is updated, and dispatch sends no update.`);
    const sent = checker.onSend(process, key, { ...current.attempt, update });
    current.sent = sent;
    return {
      label: `call ${key.contactId} ${canonicalJson(update)}`,
      kind: 'update',
      failures: FAILURES,
      perform: () => {
        const { result, isApplied } = connect.update(time.now, key, { update });
        current.answered = result.kind;
        checker.onResponse(sent, result, isApplied);
        return this.#answerOf(result, isApplied);
      },
    };
  }

  /** Undefined: no answer comes. */
  #answerOf(result: UpdateResult, isApplied: boolean): LocalResponse | undefined {
    switch (result.kind) {
      case 'done':
        return restJsonResponse(200, {});
      case 'throttled':
        return this.#throttled();
      case 'gone':
        return gone(result);
      case 'conflict':
        return error('ResourceConflictException', result.message, 409);
      case 'denied':
        return error('AccessDeniedException', result.message, 403);
      case 'invalid':
        return error('InvalidParameterException', result.message, 400);
      case 'unknown':
        return isApplied && this.#world.random() < 0.5 ? undefined : INTERNAL;
    }
  }

  #throttled(): LocalResponse {
    const name = this.#world.random() < 0.5 ? 'ThrottlingException' : 'TooManyRequestsException';
    return error(name, 'Rate exceeded', 429);
  }

  #describe(key: ContactKey, process: Process): Call {
    const { checker, connect, centres, time, calls } = this.#world;
    const current = calls.getStore();
    // It counts when it is sent: it may arrive after its process has given it up and has read that calls are stopped.
    checker.killSwitch.onCall(process, `question about ${key.contactId}`);
    return {
      label: `describe ${key.contactId}`,
      kind: 'describe',
      failures: FAILURES,
      perform: () => {
        const result = connect.describe(time.now, key);
        if (current) current.answered = result.kind;
        if (result.kind === 'throttled') return this.#throttled();
        if (result.kind === 'denied') return error('AccessDeniedException', result.message, 403);
        if (result.kind === 'gone') return gone(result);
        const centre = centres.get(key.instanceId);
        if (result.kind !== 'described' || !centre) return INTERNAL;
        const contact = contactResponse(centre.describe(time.now, key.contactId), centre.instanceArn);
        const { activeRegion: ActiveRegion } = result.description;
        const answer = { ...contact, GlobalResiliencyMetadata: ActiveRegion && { ActiveRegion } };
        return restJsonResponse(200, { Contact: this.#withUnsetTimes(answer as JsonObject) });
      },
    };
  }

  /** Of some times that are not set Connect writes a moment of 1970. */
  #withUnsetTimes(contact: JsonObject): JsonObject {
    return {
      ...contact,
      AgentInfo: contact.AgentInfo ?? { ConnectedToAgentTimestamp: this.#unset() },
      DisconnectTimestamp: contact.DisconnectTimestamp ?? this.#unset(),
      LastPausedTimestamp: contact.LastPausedTimestamp ?? this.#unset(),
      LastResumedTimestamp: contact.LastResumedTimestamp ?? this.#unset(),
    };
  }

  #unset(): number | undefined {
    return this.#world.random() < 0.3 ? NOT_SET : undefined;
  }

  /** A request that changes nothing. */
  #list(label: string, operation: string, read: () => object): Call {
    return {
      label,
      kind: 'service',
      failures: FAILURES,
      perform: () =>
        this.#world.outages.isActive('connect-denied')
          ? error('AccessDeniedException', `No permission for ${operation}.`, 403)
          : restJsonResponse(200, read()),
    };
  }

  /** GetCurrentMetricData of queues, or of one queue by expressions of routes. */
  #metrics(instanceId: string, { Filters, NextToken }: MetricsQuery): Call {
    const { connect, time } = this.#world;
    const { Queues, Channels, RoutingStepExpressions: expressions } = Filters;
    const what = expressions ? `staffed of ${Queues.join()}` : `loads of ${instanceId}`;
    return this.#list(what, 'GetCurrentMetricData', () => {
      if (expressions) {
        const results = [...connect.staffed(expressions)].map(([expression, staffed]) => ({
          Dimensions: { RoutingStepExpression: expression },
          Collections: collectionsOf({ AGENTS_STAFFED: staffed }),
        }));
        // The adapter asks for so few that one page has them all.
        return { MetricResults: results };
      }
      const loads = connect.loads(time.now, instanceId, Queues, Channels?.[0]);
      const results = [...loads].map(([id, load]) => ({
        Dimensions: { Queue: { Id: id } },
        Collections: collectionsOf({
          CONTACTS_IN_QUEUE: load.waiting,
          OLDEST_CONTACT_AGE: load.oldestSeconds,
          AGENTS_STAFFED: load.agentsStaffed,
          AGENTS_AVAILABLE: load.agentsAvailable,
        }),
      }));
      const [page, next] = pageOf(results, QUEUES_PER_PAGE, NextToken);
      return { MetricResults: page, ...next };
    });
  }

  /** ListQueues. */
  #queues(instanceId: string, nextToken: string | null): Call {
    const { connect, time } = this.#world;
    return this.#list(`queues of ${instanceId}`, 'ListQueues', () => {
      const queues = [...connect.queueNames(time.now, instanceId)].map(([Id, Name]) => ({ Id, Name }));
      const [page, next] = pageOf(queues, QUEUES_PER_PAGE, nextToken);
      return { QueueSummaryList: page, ...next };
    });
  }

  #search({ InstanceId, NextToken }: { InstanceId: string; NextToken?: string }): object {
    const { connect, time, pageSize } = this.#world;
    const found = connect.search(time.now, InstanceId);
    const [page, next] = pageOf(found, pageSize, NextToken);
    return {
      Contacts: page.map((contact) => ({
        Id: contact.contactId,
        Channel: contact.channel,
        QueueInfo: { Id: contact.queueId, EnqueueTimestamp: seconds(contact.enqueuedAt) },
        AgentInfo: { ConnectedToAgentTimestamp: seconds(contact.connectedAt) ?? this.#unset() },
        DisconnectTimestamp: seconds(contact.disconnectedAt) ?? this.#unset(),
        GlobalResiliencyMetadata: contact.activeRegion && { ActiveRegion: contact.activeRegion },
      })),
      TotalCount: found.length,
      ...next,
    };
  }
}

/** What is read of a request for metrics. */
interface MetricsQuery {
  readonly Filters: {
    readonly Queues: readonly string[];
    readonly Channels?: readonly string[];
    readonly RoutingStepExpressions?: readonly string[];
  };
  readonly NextToken?: string;
}

/** The size of a page of queues: an instance has few, and the answers shall have several pages. */
const QUEUES_PER_PAGE = 1;

/** A page of entries, and the token of the next one; empty where there is none. */
function pageOf<T>(
  entries: readonly T[],
  size: number,
  token: string | null | undefined,
): [page: T[], next: { readonly NextToken?: string }] {
  const end = Number(token ?? 0) + size;
  return [entries.slice(end - size, end), end < entries.length ? { NextToken: String(end) } : {}];
}

function collectionsOf(values: Readonly<Record<string, number | undefined>>): object[] {
  return Object.entries(values).map(([Name, Value]) => ({ Metric: { Name }, Value }));
}

function seconds(at: number | undefined): number | undefined {
  return at === undefined ? undefined : at / 1_000;
}

function gone({ message, cause }: Extract<UpdateResult, { kind: 'gone' }>): LocalResponse {
  return cause === 'other-region'
    ? error('InvalidActiveRegionException', message, 400)
    : error('ResourceNotFoundException', message, 404);
}

function error(name: string, message: string, status: number): LocalResponse {
  return restJsonError(new AwsError(name, message, status));
}
