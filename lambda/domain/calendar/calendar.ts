/** A range of hours on one day, in minutes from the midnight at which the day begins. */
export interface Hours {
  readonly fromMinute: number;
  /**
   * Exclusive. A value above 1440 is on the next day; the hours still belong to the day on which they begin.
   */
  readonly untilMinute: number;
}

/** Hours of the week in local time, and the dates that are left out: when a policy governs, or its clock runs. */
export interface Calendar {
  /** The name by which policies share it; absent: it is written out in its policy. */
  readonly name?: string;
  /** A name from the IANA time zone database. */
  readonly timezone: string;
  /**
   * The hours of each day of the week, Monday first. Each day's hours are in order, with gaps between them.
   */
  readonly week: readonly (readonly Hours[])[];
  /** The dates whose hours do not count, in days since 1970-01-01. */
  readonly except: ReadonlySet<number>;
}

/** The calendars that policies may name, by name. Undefined: there is such a parameter, and it is invalid. */
export type Calendars = ReadonlyMap<string, Calendar | undefined>;
