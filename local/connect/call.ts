import type { RoutingUpdate } from '../../lambda/domain/routing/routing.ts';

/** The supported APIs. */
export type ConnectApi = 'UpdateContactRoutingData' | 'DescribeContact';

/** A call before its response. */
export interface ConnectCall {
  readonly api: ConnectApi;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly instanceId: string;
  readonly contactId: string;
  /** The request of UpdateContactRoutingData. Undefined for other APIs and for invalid requests. */
  readonly request?: RoutingUpdate;
  /** True when the contact was queued when the call arrived. */
  readonly wasQueued: boolean;
}

/** A call with its result. */
export interface ConnectCallRecord extends ConnectCall {
  /** `done`, `no response` (done, but the caller gets no response) or the name of the exception. */
  readonly result: string;
}

/** A fault to inject. With `timeout-after-success` the call succeeds and the caller gets no response. */
export type ConnectFault = 'throttle' | 'internal' | 'conflict' | 'access-denied' | 'timeout-after-success';
