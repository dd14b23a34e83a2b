/** A shop of some size and the house that it needs. */
export interface Shop {
  readonly name: string;
  /** Events a month. */
  readonly events: number;
  /** Questions a day, the model's share of them, and people with the dashboards. */
  readonly questionsADay: number;
  readonly modelShare: number;
  readonly authors: number;
  readonly readers: number;
  /** Refreshes a month: nightly or hourly. */
  readonly refreshes: number;
  /** Workers of a refresh, one of them drives. */
  readonly workers: number;
  /** Tasks of the bot, and what each has. */
  readonly bot: { readonly tasks: number; readonly vcpu: number; readonly gb: number };
}

/** The three sizes of ARCHITECTURE §1, a year after they began. */
export const shops: readonly Shop[] = [
  {
    name: '1 M events, 50 questions a day, 6 people',
    events: 1e6,
    questionsADay: 50,
    modelShare: 0.2,
    authors: 1,
    readers: 5,
    refreshes: 30,
    workers: 2,
    bot: { tasks: 1, vcpu: 0.5, gb: 1 },
  },
  {
    name: '100 M events, 500 questions a day, 30 people',
    events: 1e8,
    questionsADay: 500,
    modelShare: 0.2,
    authors: 2,
    readers: 28,
    refreshes: 720,
    workers: 2,
    bot: { tasks: 1, vcpu: 0.5, gb: 1 },
  },
  {
    name: '10 B events, 5,000 questions a day, 200 people',
    events: 1e10,
    questionsADay: 5_000,
    modelShare: 0.2,
    authors: 5,
    readers: 195,
    refreshes: 720,
    workers: 4,
    bot: { tasks: 2, vcpu: 1, gb: 2 },
  },
];
