/** The time, handed in so that tests and `--now` can set it. */
export interface Clock {
  /** ISO 8601 instant in UTC. */
  now(): string;
}
