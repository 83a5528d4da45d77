export type { AlarmId } from './alarms/alarms.ts';
export type { Severity } from './alarms/definition.ts';
export type { AlarmOptions, AlarmTarget, AlarmTargets } from './alarms/options.ts';
export { ConfigError } from './config-error.ts';
export { ConnectEscalator, type ConnectEscalatorProps } from './connect-escalator.ts';
export type { DashboardOptions } from './dashboard/dashboard.ts';
export { ConnectEscalatorStack } from './stack.ts';
