import { Metrics } from '@aws-lambda-powertools/metrics';

/** The metrics of one execution environment, added up by name where Powertools publishes them. */
export class PublishedMetrics extends Metrics {
  readonly #onPublished: (name: string, sum: number) => void;

  /** @param onPublished - receives each metric that is published, with the sum of its values. */
  constructor(onPublished: (name: string, sum: number) => void) {
    super();
    this.#onPublished = onPublished;
  }

  override publishStoredMetrics(): this {
    if (this.hasStoredMetrics()) {
      const { _aws, ...values } = this.serializeMetrics();
      for (const { Name } of _aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics)) {
        const sum = [values[Name]].flat().reduce<number>((total, value) => total + Number(value), 0);
        this.#onPublished(Name, sum);
      }
    }
    return super.publishStoredMetrics();
  }
}
