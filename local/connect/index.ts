export type { ConnectCallRecord, ConnectFault } from './call.ts';
export { type ConnectServiceOptions, createConnectService } from './service.ts';
