import { AwsError } from '../endpoint/aws-error.ts';

const MAX_LEVELS = 15;
const MAX_NAME_LENGTH = 1_011;
const NAME = /^[a-zA-Z0-9_./-]+$/;
const RESERVED = /^\/?(aws|ssm)/i;

/**
 * Checks the name of a parameter before it is written.
 *
 * Source: Systems Manager API reference, PutParameter, `Name`; user guide, "About requirements and
 * constraints for parameter names".
 *
 * @throws AwsError ValidationException, HierarchyLevelLimitExceededException
 */
export function checkName(name: string): void {
  if (RESERVED.test(name)) {
    throw validationError(
      'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive). ' +
        `Found ${quoteName(name)}; choose another first word.`,
    );
  }
  if (!NAME.test(name) || name.endsWith('/') || name.includes('//')) {
    throw validationError(
      `Parameter name: ${quoteName(name)} is not valid. If formed as a path, it can consist of sub-paths ` +
        'divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following ' +
        '3 symbols .-_',
    );
  }
  if (name.includes('/') && !name.startsWith('/')) {
    throw validationError(
      `Parameter name must be a fully qualified name: ${quoteName(name)} should begin with "/".`,
    );
  }
  if (name.length > MAX_NAME_LENGTH) {
    throw validationError(
      `Parameter name: found ${name.length} characters; the maximum is ${MAX_NAME_LENGTH}.`,
    );
  }
  const levels = name.split('/').length - 1;
  if (levels > MAX_LEVELS) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of ${MAX_LEVELS} levels; ${quoteName(name)} has ${levels}.`,
    );
  }
}

/**
 * Checks the path of GetParametersByPath.
 *
 * @throws AwsError ValidationException
 */
export function checkPath(path: string): void {
  if (path === '/') return;
  if (path.startsWith('/') && NAME.test(path)) return;
  throw validationError(
    `The parameter doesn't meet the parameter name requirements. ${quoteName(path)} must begin with a ` +
      'forward slash "/" and use only letters, numbers, or the following symbols: . (period), - (hyphen), ' +
      '_ (underscore), and "/" between sub-paths. Valid example: /get/parameters2-/by1./path0_.',
  );
}

/** True when a parameter is directly under a path or, if `recursive`, at any depth under it. */
export function isUnder(name: string, path: string, recursive: boolean): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/'));
}

function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

function quoteName(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 57)}...` : name);
}
