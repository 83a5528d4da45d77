export type { ConnectApi, ConnectCall, ConnectCallRecord, ConnectFault } from './call.ts';
export { type ConnectQuotas, type ConnectServiceOptions, createConnectService, DEFAULT_QUOTAS } from './service.ts';
