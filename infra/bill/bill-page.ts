import { measured } from './measured.ts';
import { cutoffBytes, monthlyBill, sizes, total } from './monthly-bill.ts';
import { type Price, prices, pricesOf } from './prices.ts';
import { type Shop, shops } from './shops.ts';

/** `docs/bill.md` as Markdown, whole: the bill of each shop, what it was computed from, and what it leaves out. */
export function billPage(): string {
  return [
    '# What a month costs',
    '',
    `Made by \`node infra/bill/main.ts\`, which a test holds to this page. US dollars, list prices of ${pricesOf} in us-east-1 (Frankfurt 10–20 % more), no free tier, no discount. A shop in its twelfth month; nothing is deleted.`,
    '',
    ...table(['', ...shops.map((s) => s.name)], ['---', ...shops.map(() => '---:')], billRows()),
    '',
    '## Measured',
    '',
    ...facts().map((fact) => `- ${fact}`),
    '',
    '## Assumed',
    '',
    `- Of the questions, ${shops[0]!.modelShare * 100} % go to the model; the others are read by the grammar or a verified question and cost no token. With \`model: undefined\` the line is 0.`,
    `- Refreshes: ${shops.map((s) => `${s.refreshes === 30 ? 'nightly' : 'hourly'} with ${s.workers} workers`).join('; ')}. A G.1X worker does ${count(measured.glueEventsPerSecondPerWorker)} events a second: twice what two vCPUs did here; not measured on Glue.`,
    '- Each question reads the same days as on the sample shop, so bytes grow with the events; those of the daily sums grow less, since their rows are at most the combinations of what they are told apart by. Nothing is asked twice (a repeated question is answered from memory and costs nothing).',
    '- One statement a question. The eleven took seventeen with their totals and other currencies, and Athena’s 10 MB are a statement’s: on a small shop up to half more.',
    '- Bot: 0.5 vCPU and 1 GB once; the largest shop 1 vCPU and 2 GB twice.',
    '',
    '## What moves it',
    '',
    `- **At 10 B events ${stopped} of the eleven questions would read more than 10 GiB: Athena stops them there and bills no more.** They count people or single events over weeks, which no daily sum holds: fewer days, or a higher cut-off. A capacity reservation pays from about 300 TB a month on.`,
    '- Days in one file are smaller by the event than the sample’s: for shops above 1 M events storage and Athena are upper bounds.',
    '- A smaller model (Haiku) takes two thirds off the Bedrock line; prompt caching up to half.',
    '- Small shops: the bot is most of the bill, and it runs whether asked or not.',
    '',
    '## Prices',
    '',
    'Read: on AWS’s page, or where it says, in the months before that day. Recalled: from memory; check before you rely on it.',
    '',
    ...table(
      ['price', 'for one', 'source'],
      ['---:', '---', '---'],
      Object.values<Price>(prices).map((p) => [`${p.usd} $`, p.per, p.source]),
    ),
    '',
  ].join('\n');
}

const middle = measured.questionBytes[(measured.questionBytes.length - 1) / 2]!;
const widest = Math.max(...measured.questionBytes);
const stopped = measured.questionBytes.filter((bytes) => bytes * sizes(shops.at(-1)!).scale > cutoffBytes).length;

function read(shop: Shop, which: 'median' | 'widest'): string {
  return size((which === 'median' ? middle : widest) * sizes(shop).scale);
}

function billRows(): string[][] {
  const bills = shops.map((shop) => monthlyBill(shop));
  const lines = bills[0]!.map(({ what }, i) => [what, ...bills.map((bill) => dollars(bill[i]!.usd))]);
  const sum = (name: string, of: (bill: (typeof bills)[number]) => number) => [
    `**${name}**`,
    ...bills.map((bill) => `**${dollars(of(bill))}**`),
  ];
  return [
    ...lines,
    sum('Total', total),
    sum('without dashboards', (bill) => total(bill.slice(0, -1))),
    sum('without dashboards and model', (bill) => total(bill.slice(0, -2))),
    [
      'bytes a month, raw / tables',
      ...shops.map((shop) => `${size(sizes(shop).rawBytes)} / ${size(sizes(shop).bytes - sizes(shop).rawBytes)}`),
    ],
    ['bytes a question reads, median / widest', ...shops.map((shop) => `${read(shop, 'median')} / ${read(shop, 'widest')}`)],
  ];
}

function facts(): string[] {
  const { records, days, rawBytes, tableBytes } = measured.sample;
  const each = Object.entries(tableBytes).map(([name, bytes]) => `${name} ${(bytes / records).toFixed(1)}`);
  return [
    `The sample shop: ${count(records)} records in ${days} days; raw ${size(rawBytes)} gzip, ${Math.round(rawBytes / records)} bytes an event.`,
    `Parquet, bytes an event: ${each.join(', ')}.`,
    `Eleven everyday questions (\`infra/bill/questions.jsonl\`), six of them answered from daily sums, read ${size(middle)} in the median and ${size(widest)} at most of that shop; Athena bills 10 MB at least.`,
    `All data sets of the dashboards, loaded once: ${size(measured.dashboardBytes)}.`,
    'Spark 3.5.6 on two vCPUs: 1,850 events a second through all tables.',
  ];
}

function table(head: readonly string[], rule: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function dollars(usd: number): string {
  return usd >= 100 ? count(Math.round(usd)) : usd.toFixed(2);
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}

function size(bytes: number): string {
  const [unit, name] = bytes >= 1e12 ? [1e12, 'TB'] : bytes >= 1e9 ? [1e9, 'GB'] : bytes >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB'];
  return `${Number((bytes / unit).toPrecision(3))} ${name}`;
}
