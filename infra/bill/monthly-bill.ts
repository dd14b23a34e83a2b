import { measured } from './measured.ts';
import { prices } from './prices.ts';
import type { Shop } from './shops.ts';

/** One line of a bill, in US dollars a month. */
export interface BillLine {
  readonly what: string;
  readonly usd: number;
}

const hours = 730;
const days = 30;
const tb = 1e12;
/** What a workgroup of the house lets a query read at most. */
export const cutoffBytes = 10 * 2 ** 30;
const gb = 1e9;

/** The bill of a shop in its twelfth month, line by line, from what was measured and list prices. */
export function monthlyBill(shop: Shop): readonly BillLine[] {
  const { bytes, scale } = sizes(shop);
  const questions = shop.questionsADay * days;
  const lines: BillLine[] = [
    { what: 'S3, raw and tables', usd: storage(bytes) + puts(shop) },
    { what: 'Glue, refreshes', usd: glue(shop) },
    { what: 'Athena, questions', usd: questions * questionPrice(scale) },
    { what: 'Fargate and its address', usd: bot(shop) },
    { what: 'DynamoDB, secret, log, alarms, image', usd: small(questions) },
    { what: 'Bedrock, questions that the grammar cannot read', usd: questions * shop.modelShare * modelCall() },
  ];
  const loads = Math.min(shop.refreshes, days);
  const yearScale = scale * (400 / measured.sample.days);
  const dashboards =
    shop.authors * prices.quicksightAuthorMonth.usd +
    shop.readers * prices.quicksightReaderMonth.usd +
    loads * athena(measured.dashboardBytes * yearScale);
  return [...lines, { what: 'QuickSight, if wanted', usd: dashboards }];
}

/** The sum of some lines, US dollars. */
export function total(lines: readonly BillLine[]): number {
  return lines.reduce((sum, line) => sum + line.usd, 0);
}

/** Bytes that a month of the shop adds, and its size in samples. */
export function sizes({ events }: Shop): { readonly bytes: number; readonly rawBytes: number; readonly scale: number } {
  const { records, days: sampleDays, rawBytes, tableBytes } = measured.sample;
  const scale = events / ((records / sampleDays) * days);
  const tables = Object.values(tableBytes).reduce((sum, n) => sum + n, 0);
  const aMonth = (n: number) => (n / records) * events;
  return { bytes: aMonth(rawBytes + tables), rawBytes: aMonth(rawBytes), scale };
}

/** Twelve months of bytes, by age: one month as written, two unread, nine in the archive. */
function storage(bytes: number): number {
  return (bytes / gb) * (prices.s3FrequentGbMonth.usd + 2 * prices.s3InfrequentGbMonth.usd + 9 * prices.s3ArchiveGbMonth.usd);
}

/** A refresh writes about three days of each table anew, and some book-keeping. */
function puts({ refreshes }: Shop): number {
  return ((refreshes * 40) / 1000) * prices.s3PutThousand.usd;
}

/** A minute to start, then the events through all workers but the one that drives. */
function glue({ events, refreshes, workers }: Shop): number {
  const seconds = refreshes * 60 + events / (measured.glueEventsPerSecondPerWorker * (workers - 1));
  return (seconds / 3600) * workers * prices.glueDpuHour.usd;
}

/** Price of a question on average; one that reads more than the cut-off is stopped there and billed up to it. */
function questionPrice(scale: number): number {
  const each = measured.questionBytes.map((bytes) => athena(Math.min(bytes * scale, cutoffBytes)));
  return each.reduce((sum, usd) => sum + usd, 0) / each.length;
}

/** Price of one query. */
function athena(bytes: number): number {
  return (Math.max(bytes, 10e6) / tb) * prices.athenaTb.usd;
}

function bot({ bot: { tasks, vcpu, gb: memory } }: Shop): number {
  return tasks * hours * (vcpu * prices.fargateVcpuHour.usd + memory * prices.fargateGbHour.usd + prices.ipv4Hour.usd);
}

/** Fifteen writes and reads of memory a question, 5 KB of log, a picture; nine alarms, one metric, one secret, the image. */
function small(questions: number): number {
  const perQuestion =
    (15 * (prices.dynamoWriteMillion.usd + prices.dynamoReadMillion.usd)) / 1e6 +
    (5e3 / gb) * prices.logGb.usd +
    (measured.pictureBytes / gb) * prices.outGb.usd;
  const fixed = prices.secretMonth.usd + 9 * prices.alarmMonth.usd + prices.metricMonth.usd;
  return questions * perQuestion + fixed + (3 * measured.imageBytes * prices.imageGbMonth.usd) / gb;
}

function modelCall(): number {
  return (measured.modelTokens.in * prices.modelInMillion.usd + measured.modelTokens.out * prices.modelOutMillion.usd) / 1e6;
}
