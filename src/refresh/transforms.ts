import { readFileSync } from 'node:fs';
import channelRules from './reference/channel-rules.json' with { type: 'json' };
import countryNames from './reference/countries.json' with { type: 'json' };
import sourceRules from './reference/source-rules.json' with { type: 'json' };

/** The transforms by name: each file of `transforms/` is one SELECT in the subset that Spark and DuckDB share. */
export const TRANSFORM_NAMES = [
  'agents',
  'bot_users',
  'channels',
  'counted_orders',
  'daily_kpis',
  'events',
  'funnel_daily',
  'item_totals',
  'losers',
  'order_sessions',
  'orders',
  'page_kinds',
  'page_views',
  'product_daily',
  'product_events',
  'purchases',
  'quarantine',
  'session_keys',
  'session_traffic',
  'sessions',
  'spans',
  'staged',
  'staged_items',
  'users',
] as const;

export type TransformName = (typeof TRANSFORM_NAMES)[number];

/** The text of one transform. */
export function transform(name: TransformName): string {
  return readFileSync(new URL(`./transforms/${name}.sql`, import.meta.url), 'utf8');
}

/** A small table of rules that stands beside the transforms; the order of the rows is their rank, from 1. */
export interface RuleTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: 'INT' | 'STRING' }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

interface ChannelRule {
  readonly channel_group: string;
  readonly kind?: string;
  readonly category?: string;
  readonly source?: string;
  readonly medium?: string;
  readonly campaign?: string;
}

/** Channel groups, known sources and country names, as tables for either engine. */
export function ruleTables(): readonly RuleTable[] {
  const rank = { name: 'rank', type: 'INT' } as const;
  const text = (name: string) => ({ name, type: 'STRING' }) as const;
  return [
    {
      name: 'source_rules',
      columns: [rank, text('category'), text('source_name'), text('pattern')],
      rows: sourceRules.map((rule, index) => [index + 1, rule.category, rule.name, rule.pattern]),
    },
    {
      name: 'channel_rules',
      columns: [
        rank,
        ...['channel_group', 'rule_kind', 'rule_category', 'rule_source', 'rule_medium', 'rule_campaign'].map((name) =>
          text(name),
        ),
      ],
      rows: (channelRules as readonly ChannelRule[]).map((rule, index) => [
        index + 1,
        rule.channel_group,
        rule.kind ?? null,
        rule.category ?? null,
        rule.source ?? null,
        rule.medium ?? null,
        rule.campaign ?? null,
      ]),
    },
    { name: 'countries', columns: [text('country_code'), text('country_name')], rows: Object.entries(countryNames) },
  ];
}
