export { scenarioJsonSchema } from './json-schema.ts';
export { parseScenario } from './parse.ts';
export type { Scenario } from './scenario.ts';
