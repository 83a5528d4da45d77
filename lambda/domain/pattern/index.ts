/**
 * The event pattern language of Amazon EventBridge, with the semantics of AWS's own matcher, Event Ruler.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 * @see https://github.com/aws/event-ruler
 */
export {
  type Anchor,
  type Anchors,
  anchorsOf,
  type TextAnchor,
} from './anchors.ts';
export { compilePattern } from './compile.ts';
export { intendedOperator } from './intended-operator.ts';
export { matches } from './match.ts';
export { isNegation, joinOf, operatorForm } from './operator-names.ts';
export { OPERATOR_NAMES } from './operators.ts';
export {
  EVERYTHING,
  type Field,
  fieldsUnder,
  type Pattern,
  pathsUnder,
  type Rule,
  requiring,
  withoutField,
} from './pattern.ts';
export { isOfEmptyPattern } from './problem.ts';
export { findRequiredValues } from './required-values.ts';
