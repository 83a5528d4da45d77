export type { ConnectApi, ConnectCall, ConnectCallRecord, ConnectFault } from './calls.ts';
export {
  type ConnectQuotas,
  type ConnectServiceOptions,
  connectService,
  DEFAULT_QUOTAS,
} from './service.ts';
