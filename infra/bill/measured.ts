/** What was measured on the sample shop, and where; the bill scales it with the number of events. */
export const measured = {
  /** The sample shop of 24 November 2026: 90 days as the app makes it. */
  sample: {
    records: 322_283,
    days: 91,
    /** `RAW_DIR`, gzip, an hour a file of about 150 records: larger files are smaller by the event. */
    rawBytes: 93_884_507,
    /** `results/snapshot.json`: bytes of all files of a table, one file a day: larger days are smaller by the event. */
    tableBytes: {
      events: 21_925_339,
      sessions: 4_268_159,
      page_views: 5_937_976,
      product_events: 5_297_201,
      orders: 541_550,
      users: 760_101,
      quarantine: 308_529,
      runs: 3_317,
    },
  },
  /** Eleven everyday questions on the sample shop, 7 to 60 days each (`price.scanned_bytes` of `ask --jsonl`): bytes read. */
  questionBytes: [14_830, 16_634, 17_966, 18_935, 27_906, 43_940, 58_811, 77_361, 233_850, 247_404, 1_188_440],
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
