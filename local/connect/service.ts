import { defined } from '../../lambda/domain/json.ts';
import type { RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import type { QuotaLimits } from '../../lambda/domain/routing/token-bucket.ts';
import { type AgentSpec, type ContactCentre, UnknownContactError } from '../../sim/centre/index.ts';
import { ApiQuota } from '../../sim/virtual/api-quota.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { LocalService } from '../endpoint/http.ts';
import { restJsonError, restJsonResponse } from '../endpoint/rest-json.ts';
import { notFound } from '../endpoint/rest-service.ts';
import type { ConnectApi, ConnectCall, ConnectCallRecord, ConnectFault } from './call.ts';
import { parseTarget } from './call-target.ts';
import { contactResponse } from './contact-response.ts';
import { CURRENT_METRICS_PATH, currentMetrics, type MetricsRecord } from './current-metrics.ts';
import { createConnectResources, RESOURCE_PATH } from './resources.ts';
import { parseRoutingUpdate } from './routing-update.ts';
import { searchContacts } from './search-contacts.ts';

/** The quota of each API for an account, over all instances and callers. */
export type ConnectQuotas = Readonly<Record<ConnectApi, QuotaLimits>>;

/** The default quotas of an account. Source: Amazon Connect administrator guide, "API throttling quotas". */
const DEFAULT_QUOTAS: ConnectQuotas = {
  UpdateContactRoutingData: { ratePerSecond: 20, burst: 20 },
  DescribeContact: { ratePerSecond: 10, burst: 15 },
};

/** Of GetCurrentMetricData, by the same source. */
const METRICS_QUOTA: QuotaLimits = { ratePerSecond: 5, burst: 8 };

/** The lowest that AWS has documented for SearchContacts. */
const SEARCH_QUOTA: QuotaLimits = { ratePerSecond: 0.5, burst: 1 };
/** The calls a second that an account has by default, by API. */
export function defaultRates(): Record<string, number> {
  return Object.fromEntries(
    Object.entries(DEFAULT_QUOTAS).map(([api, { ratePerSecond }]) => [api, ratePerSecond]),
  );
}

export interface ConnectServiceOptions {
  readonly centre: ContactCentre;
  /** The agents of the centre, for their proficiencies. Default: none. */
  readonly agents?: readonly AgentSpec[];
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Default: {@link DEFAULT_QUOTAS}. */
  readonly quotas?: ConnectQuotas;
  /** Called with each call and its result, before the response. */
  readonly onCall?: (call: ConnectCallRecord) => void;
  /** Called with what GetCurrentMetricData read, before the response. */
  readonly onMetrics?: (read: MetricsRecord) => void;
  /** Returns the fault to inject into a call; for tests. */
  readonly fault?: (call: ConnectCall) => ConnectFault | undefined;
}

/**
 * UpdateContactRoutingData, DescribeContact, SearchContacts and GetCurrentMetricData of Amazon Connect, with the real API's shapes, checks,
 * errors and quotas, for the contacts of a centre; and what tools ask of its instance, without quotas.
 */
export function createConnectService(options: ConnectServiceOptions): LocalService {
  const { centre, clock, quotas = DEFAULT_QUOTAS, onCall, fault: faultOf } = options;
  const apiQuotas: Record<ConnectApi, ApiQuota> = {
    UpdateContactRoutingData: new ApiQuota(quotas.UpdateContactRoutingData),
    DescribeContact: new ApiQuota(quotas.DescribeContact),
  };

  const searchQuota = new ApiQuota(SEARCH_QUOTA);
  const metricsQuota = new ApiQuota(METRICS_QUOTA);
  const resources = createConnectResources(centre, options.agents ?? [], clock);

  return (request) => {
    if (RESOURCE_PATH.test(request.path)) return resources(request);
    const at = clock();
    if (request.method === 'POST' && request.path === '/search-contacts') {
      const found = catchAwsError(() => {
        if (!searchQuota.take(at)) throw FAULT_ERRORS.throttle();
        return searchContacts(request.body, centre, at);
      });
      return found instanceof AwsError ? restJsonError(found) : restJsonResponse(200, found);
    }
    const metricsOf = CURRENT_METRICS_PATH.exec(request.path)?.groups?.instanceId;
    if (metricsOf !== undefined) {
      const found = catchAwsError(() => {
        if (!metricsQuota.take(at)) throw FAULT_ERRORS.throttle();
        if (metricsOf !== centre.instance.id) throw notFound(`There is no instance ${metricsOf}.`);
        return currentMetrics(request.body, centre, options.agents ?? [], at, options.onMetrics);
      });
      return found instanceof AwsError ? restJsonError(found) : restJsonResponse(200, found);
    }
    const target = catchAwsError(() => parseTarget(request));
    if (target instanceof AwsError) return restJsonError(target);
    const update =
      target.api === 'UpdateContactRoutingData'
        ? catchAwsError(() => parseRoutingUpdate(request.body))
        : undefined;
    const call: ConnectCall = {
      ...target,
      at,
      ...defined({ request: update instanceof AwsError ? undefined : update }),
      wasQueued: target.instanceId === centre.instance.id && centre.isWaiting(at, target.contactId),
    };
    const fault = faultOf?.(call);
    const result = catchAwsError(() => {
      if (fault === 'access-denied') throw FAULT_ERRORS[fault]();
      // A call that fails for another reason uses a token, too.
      if (!apiQuotas[call.api].take(at) || fault === 'throttle') throw FAULT_ERRORS.throttle();
      if (update instanceof AwsError) throw update;
      if (fault === 'internal' || fault === 'conflict') throw FAULT_ERRORS[fault]();
      return update ? updateRouting(call, update, centre) : describeContact(call, centre);
    });
    if (result instanceof AwsError) {
      onCall?.({ ...call, result: result.code });
      return restJsonError(result);
    }
    const hasResponse = fault !== 'timeout-after-success';
    onCall?.({ ...call, result: hasResponse ? 'done' : 'no response' });
    return hasResponse ? restJsonResponse(200, result) : new Promise<never>(() => {});
  };
}

const FAULT_ERRORS = {
  throttle: () => new AwsError('ThrottlingException', 'Rate exceeded', 429),
  internal: () => new AwsError('InternalServiceException', 'Request processing failed.', 500),
  conflict: () =>
    new AwsError('ResourceConflictException', 'The contact is being changed by another request.', 409),
  'access-denied': () =>
    new AwsError('AccessDeniedException', 'The caller is not authorized to perform this operation.', 403),
} satisfies Partial<Record<ConnectFault, () => AwsError>>;

/**
 * Connect's response for a contact that has left its queue is not documented. This service throws the
 * exception of a contact that does not exist, because it is the documented exception that fits best.
 */
function updateRouting(call: ConnectCall, update: RoutingUpdate, centre: ContactCentre): object {
  requireInstance(call, centre);
  if (!call.wasQueued) throw notFound(`Contact ${call.contactId} is not queued.`);
  centre.updateRouting(call.at, call.contactId, update);
  return {};
}

function describeContact(call: ConnectCall, centre: ContactCentre): object {
  requireInstance(call, centre);
  try {
    return { Contact: contactResponse(centre.describe(call.at, call.contactId), centre.instanceArn) };
  } catch (error) {
    if (error instanceof UnknownContactError) throw notFound(error.message);
    throw error;
  }
}

function requireInstance({ instanceId }: ConnectCall, centre: ContactCentre): void {
  if (instanceId !== centre.instance.id) throw notFound(`There is no instance ${instanceId}.`);
}

function catchAwsError<T>(action: () => T): T | AwsError {
  try {
    return action();
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}
