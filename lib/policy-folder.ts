import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ParameterTier, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Annotations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { decodeText } from '../cli/sources/decode.ts';
import { advancedParameterMessage } from '../cli/sources/parameter-rules.ts';
import { formatPassedOver, type PassedOver, passOver } from '../cli/sources/passed-over.ts';
import {
  FILE_EXTENSIONS,
  isSharedFolder,
  kindOf,
  parameterName,
  type Source,
  shortName,
  sourceName,
} from '../cli/sources/source.ts';
import { type Finding, isError, validateSources } from '../cli/sources/validate.ts';
import { ConfigError } from './config-error.ts';

/** Problems that an error lists at most. */
const MAX_LISTED = 10;

interface PolicyFolderProps {
  /** A directory with policies, and perhaps settings and the folders `calendars` and `conditions`, relative to the working directory of the synth. */
  readonly directory: string;
  /** SSM path above the settings and policies. */
  readonly prefix: string;
}

/**
 * The policies and settings of a directory as SSM parameters that the stack writes. They are checked as `escalator
 * check` does: a problem ends the synth, a warning is one of the synth.
 */
export class PolicyFolder extends Construct {
  /** Names of the parameters below the prefix, such as `policies/gold-callers`. */
  readonly parameterNames: readonly string[];

  /** @throws ConfigError if the directory cannot be read, has no policy, or a file has a problem. */
  constructor(scope: Construct, id: string, { directory, prefix }: PolicyFolderProps) {
    super(scope, id);
    const { sources, passedOver } = readFolder(directory);
    const { findings } = validateSources(sources);
    refuseProblems(findings.filter(isError));
    for (const finding of findings) this.#warn(finding.code, formatFinding(finding));
    if (passedOver.length > 0) this.#warn('passed-over', formatPassedOver(passedOver).trim());
    for (const source of sources) {
      new StringParameter(this, shortName(source), {
        parameterName: `${prefix}/${parameterName(source)}`,
        description: 'Written by the stack of connect-escalator: change it in the app that has the stack.',
        stringValue: source.text,
        tier: advancedParameterMessage(source.text) ? ParameterTier.ADVANCED : ParameterTier.STANDARD,
      });
    }
    this.parameterNames = sources.map(parameterName);
  }

  #warn(code: string, message: string): void {
    Annotations.of(this).addWarningV2(`connect-escalator:${code}`, message);
  }
}

/** Reads a directory as `escalator check` does, but at once, since a synth does not wait. */
function readFolder(directory: string): { sources: Source[]; passedOver: PassedOver[] } {
  const { sources, passedOver } = readEntries(directory);
  if (!sources.some(({ kind }) => kind === 'policy')) {
    throw new ConfigError(
      `policies ${JSON.stringify(directory)} has no policy: expected files ending in ${FILE_EXTENSIONS.join(', ')}.`,
    );
  }
  return { sources, passedOver };
}

function readEntries(directory: string): { sources: Source[]; passedOver: PassedOver[] } {
  const sources: Source[] = [];
  const passedOver: PassedOver[] = [];
  const folder = basename(resolve(directory));
  for (const entry of listFiles(directory)) {
    const file = join(directory, entry);
    const stats = statEntry(file);
    if (stats?.isDirectory() && isSharedFolder(resolve(file))) {
      const shared = readEntries(file);
      sources.push(...shared.sources);
      passedOver.push(...shared.passedOver);
      continue;
    }
    const reason = passOver(entry, stats, FILE_EXTENSIONS.join(', '));
    if (reason) passedOver.push({ file, ...reason });
    const name = sourceName(entry);
    if (reason !== undefined || name === undefined) continue;
    sources.push({ file, name, kind: kindOf(name, folder), ...decodeText(readFileSync(file)) });
  }
  return { sources, passedOver };
}

function listFiles(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    throw new ConfigError(
      `policies ${JSON.stringify(directory)} cannot be read: ${(error as Error).message}. ` +
        'Give a directory, such as path.join(__dirname, "policies").',
    );
  }
}

function statEntry(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false });
}

function refuseProblems(problems: readonly Finding[]): void {
  if (problems.length === 0) return;
  const listed = problems.slice(0, MAX_LISTED).map(formatFinding);
  const more = problems.length > MAX_LISTED ? [`and ${problems.length - MAX_LISTED} more`] : [];
  throw new ConfigError([...listed, ...more].join('; '));
}

function formatFinding({ source, line, column, code, message }: Finding): string {
  return `${source.file}:${line}:${column}: ${code}: ${message}`;
}
