export type { ContactUpdate } from '../lambda/domain/messages/event-rules.ts';
export type { AlarmId } from './alarms/alarms.ts';
export type { Severity } from './alarms/definition.ts';
export type { AlarmOptions, AlarmTarget, AlarmTargets } from './alarms/options.ts';
export { ConfigError } from './config-error.ts';
export { ConnectEscalator, type ConnectEscalatorProps } from './connect-escalator.ts';
export type { DashboardOptions } from './dashboard/dashboard.ts';
export type { FunctionSize, FunctionSizes, LogSettings } from './function-settings.ts';
export { ConnectEscalatorStack, type ConnectEscalatorStackProps } from './stack.ts';
