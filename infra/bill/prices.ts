/** One list price in US dollars. */
export interface Price {
  readonly usd: number;
  /** What one costs that. */
  readonly per: string;
  /** `read`: on AWS's page, or where `per` says, before `pricesOf`; `recalled`: from memory, check before relying on it. */
  readonly source: 'read' | 'recalled';
}

/** The day of the prices. Region us-east-1; Frankfurt is 10–20 % dearer. */
export const pricesOf = '2026-11-23';

/** Every price that the bill uses. */
export const prices = {
  s3FrequentGbMonth: { usd: 0.023, per: 'GB and month, first 30 days (Intelligent-Tiering)', source: 'recalled' },
  s3InfrequentGbMonth: { usd: 0.0125, per: 'GB and month, day 30 to 90 unread', source: 'recalled' },
  s3ArchiveGbMonth: { usd: 0.004, per: 'GB and month, after 90 days unread', source: 'recalled' },
  s3PutThousand: { usd: 0.005, per: '1,000 objects written', source: 'recalled' },
  glueDpuHour: { usd: 0.44, per: 'DPU and hour, by the second, one minute at least', source: 'read' },
  athenaTb: { usd: 5, per: 'TB scanned, 10 MB a query at least', source: 'recalled' },
  fargateVcpuHour: { usd: 0.03238, per: 'vCPU and hour, ARM', source: 'recalled' },
  fargateGbHour: { usd: 0.00356, per: 'GB and hour, ARM', source: 'recalled' },
  ipv4Hour: { usd: 0.005, per: 'public address and hour', source: 'recalled' },
  dynamoWriteMillion: { usd: 0.625, per: 'million writes of 1 KB', source: 'recalled' },
  dynamoReadMillion: { usd: 0.25, per: 'million consistent reads of 4 KB', source: 'recalled' },
  secretMonth: { usd: 0.4, per: 'secret and month', source: 'recalled' },
  alarmMonth: { usd: 0.1, per: 'alarm and month', source: 'recalled' },
  metricMonth: { usd: 0.3, per: 'metric of our own and month', source: 'recalled' },
  logGb: { usd: 0.5, per: 'GB of log written', source: 'recalled' },
  outGb: { usd: 0.09, per: 'GB sent to Slack', source: 'recalled' },
  imageGbMonth: { usd: 0.1, per: 'GB of image and month', source: 'recalled' },
  modelInMillion: { usd: 3, per: 'million tokens in, Claude Sonnet 4.6 (models.dev, July 2026)', source: 'read' },
  modelOutMillion: { usd: 15, per: 'million tokens out, Claude Sonnet 4.6 (models.dev, July 2026)', source: 'read' },
  quicksightAuthorMonth: { usd: 24, per: 'author and month, 10 GB of SPICE with it', source: 'read' },
  quicksightReaderMonth: { usd: 3, per: 'reader and month', source: 'read' },
} as const satisfies Record<string, Price>;
