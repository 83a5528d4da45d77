import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError, constraintViolation } from '../endpoint/aws-error.ts';
import { booleanOrFalse, optionalEnum, optionalString, requiredString } from './input.ts';
import {
  PARAMETER_TYPES,
  type ParameterType,
  type ParameterVersion,
  TIER_LIMITS,
  type Tier,
} from './parameter.ts';
import { checkName } from './parameter-name.ts';
import type { ParameterStore } from './store.ts';

const TIERS = ['Standard', 'Advanced', 'Intelligent-Tiering'] as const;

/**
 * PutParameter: creates a parameter or, with `Overwrite`, a new version. Tags and policies are not supported.
 */
export function putParameter(input: JsonObject, store: ParameterStore): object {
  const name = requiredString(input, 'Name');
  const value = requiredString(input, 'Value');
  if (value === '')
    throw constraintViolation('value', value, 'Member must have length greater than or equal to 1');
  if (value.includes('{{')) {
    throw new AwsError(
      'ValidationException',
      'Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.',
    );
  }
  checkName(name);
  const before = store.latest(name);
  if (before) checkOverwrite(input, before);
  for (const member of ['Policies', 'Tags']) {
    if (input[member]) {
      throw new AwsError('ValidationException', `${member} is not supported by the local endpoint; omit it.`);
    }
  }

  const version: ParameterVersion = {
    name,
    value,
    type: resolveType(input, before),
    version: (before?.version ?? 0) + 1,
    tier: resolveTier(input, value, before),
    dataType: optionalString(input, 'DataType') ?? before?.dataType ?? 'text',
    modifiedAt: Date.now(),
    modifiedBy: store.caller,
    description: optionalString(input, 'Description') ?? before?.description,
    allowedPattern: optionalString(input, 'AllowedPattern') ?? before?.allowedPattern,
    keyId: optionalString(input, 'KeyId') ?? before?.keyId,
  };
  checkPattern(version);
  store.put(version);
  return { Version: version.version, Tier: version.tier };
}

function checkOverwrite(input: JsonObject, before: ParameterVersion): void {
  if (!booleanOrFalse(input, 'Overwrite')) {
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to ' +
        'true.',
    );
  }
  const type = optionalString(input, 'Type');
  if (type !== undefined && type !== before.type) {
    throw new AwsError(
      'HierarchyTypeMismatchException',
      `Parameter Store doesn't support changing a parameter type: it is ${before.type}, not ${type}. ` +
        'Create a new, unique parameter.',
    );
  }
}

function resolveType(input: JsonObject, before: ParameterVersion | undefined): ParameterType {
  const type = optionalEnum(input, 'Type', PARAMETER_TYPES) ?? before?.type;
  if (!type) {
    throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
  }
  return type;
}

function resolveTier(input: JsonObject, value: string, before: ParameterVersion | undefined): Tier {
  const requested = optionalEnum(input, 'Tier', TIERS) ?? before?.tier ?? 'Standard';
  if (requested === 'Standard' && before?.tier === 'Advanced') {
    throw new AwsError(
      'ValidationException',
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the " +
        'advanced-parameter tier to the standard-parameter tier. Delete it and create it again.',
    );
  }
  const tier = requested === 'Intelligent-Tiering' ? smallestTier(value, before) : requested;
  if (value.length > TIER_LIMITS[tier]) throw tooLargeError(tier, value.length);
  return tier;
}

function smallestTier(value: string, before: ParameterVersion | undefined): Tier {
  return value.length > TIER_LIMITS.Standard ? 'Advanced' : (before?.tier ?? 'Standard');
}

function tooLargeError(tier: Tier, length: number): AwsError {
  const next =
    tier === 'Standard'
      ? ' To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.'
      : '';
  return new AwsError(
    'ValidationException',
    `${tier} tier parameters support a maximum parameter value of ${TIER_LIMITS[tier]} characters; ` +
      `this one has ${length}.${next}`,
  );
}

function checkPattern({ allowedPattern, value }: ParameterVersion): void {
  if (allowedPattern === undefined || compileAllowedPattern(allowedPattern).test(value)) return;
  throw new AwsError(
    'ParameterPatternMismatchException',
    `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
  );
}

function compileAllowedPattern(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    throw new AwsError(
      'InvalidAllowedPatternException',
      `AllowedPattern is not a regular expression: ${source}`,
    );
  }
}
