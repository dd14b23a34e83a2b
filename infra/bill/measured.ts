/** What was measured on the sample shop, and where; the bill scales it with the number of events. */
export const measured = {
  /** The sample shop (seed 1, UTC) at 13:00 of 24 November 2026: 90 days as the app makes it. */
  sample: {
    records: 320_357,
    days: 91,
    /** The files of `RAW_DIR`, gzip, an hour a file of about 150 records: larger files are smaller by the event. */
    rawBytes: 84_043_863,
    /** `results/snapshot.json`: bytes of all files of a table, one file a day: larger days are smaller by the event. */
    tableBytes: {
      events: 22_462_195,
      sessions: 4_254_353,
      page_views: 5_898_267,
      product_events: 5_244_544,
      orders: 546_892,
      users: 757_077,
      daily_kpis: 1_450_661,
      funnel_daily: 285_385,
      product_daily: 776_053,
      quarantine: 297_188,
      runs: 3_337,
    },
  },
  /**
   * Bytes that the eleven everyday questions of `questions.jsonl` read on the sample shop, sorted: `price.scanned_bytes` of
   * `npm run --silent ask -- --jsonl --now 2026-11-24T13:00:00Z < infra/bill/questions.jsonl`. Six of them are answered from daily sums.
   */
  questionBytes: [274, 10_407, 11_546, 22_000, 27_848, 31_020, 33_032, 69_801, 98_390, 429_212, 474_935],
  /** All data sets of the dashboards loaded once from the sample shop's 91 days. */
  dashboardBytes: 5_480_000,
  /** Spark 3.5.6 on two vCPUs, all tables of AWS's sample format: 1,850 events a second; a G.1X worker has four vCPUs. */
  glueEventsPerSecondPerWorker: 3_700,
  /** Tokens of a question that the model reads: stable prompt and schema, question and glossary part, answer. */
  modelTokens: { in: 9_200, out: 500 },
  /** A picture of a chart. */
  pictureBytes: 60_000,
  /** The image, compressed: Debian and Node, and the packages without development. */
  imageBytes: 250_000_000,
} as const;
