import { isObject } from '../../lambda/domain/json.ts';
import type { MetricPoint } from './metric-store.ts';

/**
 * The metrics in a line of a log, in CloudWatch's embedded metric format. Other lines have none.
 *
 * Source: CloudWatch user guide, "Specification: Embedded metric format".
 */
export function embeddedMetrics(line: string): MetricPoint[] {
  if (!line.includes('"_aws"')) return [];
  const document = parse(line);
  const metadata = isObject(document) && isObject(document._aws) ? document._aws : {};
  const { Timestamp: at, CloudWatchMetrics: directives } = metadata;
  if (!isObject(document) || typeof at !== 'number' || !Array.isArray(directives)) return [];
  return directives.filter(isObject).flatMap(({ Namespace: namespace, Dimensions: sets, Metrics: metrics }) =>
    listOf(metrics).flatMap((metric) => {
      const name = isObject(metric) ? String(metric.Name) : '';
      const values = [document[name]].flat().filter((value) => typeof value === 'number');
      return listOf(sets).flatMap((names) => {
        const dimensions = Object.fromEntries(
          listOf(names).map((key) => [key, String(document[String(key)])]),
        );
        return values.map((value) => ({ namespace: String(namespace), name, dimensions, at, value }));
      });
    }),
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
