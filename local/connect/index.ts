export type { ConnectCallRecord, ConnectFault } from './call.ts';
export type { MetricsRecord } from './current-metrics.ts';
export {
  type ConnectQuotas,
  type ConnectServiceOptions,
  createConnectService,
  defaultRates,
} from './service.ts';
