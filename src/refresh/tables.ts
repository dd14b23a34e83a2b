/** A table as the snapshot and the catalog know it: names and Athena types in order, the partition column last. */
export interface TableColumns {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly partitionColumns: readonly string[];
}

const TEXTS: Readonly<Record<string, string>> = {
  events: `event_id varchar, event_name varchar, raw_event_name varchar, event_time timestamp(3), ingest_time timestamp(3),
    app_id varchar, platform varchar, user_pseudo_id varchar, user_id varchar, session_id varchar, page_host varchar,
    page_path varchar, page_title varchar, page_type varchar, referrer_host varchar, element varchar, search_term varchar,
    search_results integer, order_id varchar, value decimal(18,2), currency varchar, error_message varchar, form_id varchar,
    form_field varchar, load_ms integer, ttfb_ms integer, engagement_ms bigint, device_category varchar, country_code varchar,
    is_bot boolean, is_late boolean, attributes varchar, source_file varchar, run_id varchar, dt varchar`,
  sessions: `session_id varchar, user_pseudo_id varchar, user_id varchar, app_id varchar, platform varchar,
    session_start timestamp(3), session_end timestamp(3), duration_seconds integer, engagement_seconds integer,
    session_number integer, is_new_user boolean, is_engaged boolean, is_bot boolean, event_count integer, page_views integer,
    landing_page varchar, exit_page varchar, source varchar, medium varchar, campaign varchar, channel_group varchar,
    referrer_host varchar, device_category varchar, device_model varchar, os varchar, os_version varchar, browser varchar,
    viewport_width integer, language varchar, country_code varchar, country varchar, region varchar, city varchar,
    latitude double, longitude double, product_views integer, cart_adds integer, searches integer, searches_no_result integer,
    viewed_product boolean, added_to_cart boolean, viewed_cart boolean, began_checkout boolean, added_shipping boolean,
    added_payment boolean, purchased boolean, orders integer, revenue decimal(18,2), cart_value decimal(18,2), currency varchar,
    rage_clicks integer, dead_clicks integer, js_errors integer, form_errors integer, form_abandons integer,
    payment_errors integer, slow_pages integer, dt varchar`,
  page_views: `page_view_id varchar, session_id varchar, user_pseudo_id varchar, view_time timestamp(3), page_host varchar,
    page_path varchar, page_title varchar, page_type varchar, previous_page_path varchar, view_number integer,
    is_landing boolean, is_exit boolean, seconds_on_page integer, scrolled_to_end boolean, load_ms integer, ttfb_ms integer,
    http_status integer, rage_clicks integer, dead_clicks integer, js_errors integer, form_errors integer,
    device_category varchar, country_code varchar, is_bot boolean, dt varchar`,
  product_events: `event_id varchar, event_name varchar, event_time timestamp(3), session_id varchar, user_pseudo_id varchar,
    product_id varchar, product_name varchar, brand varchar, category varchar, category2 varchar, category3 varchar,
    variant varchar, price decimal(18,2), quantity integer, item_revenue decimal(18,2), currency varchar, coupon varchar,
    list_name varchar, list_position integer, order_id varchar, device_category varchar, country_code varchar, is_bot boolean,
    dt varchar`,
  orders: `order_id varchar, order_time timestamp(3), session_id varchar, user_pseudo_id varchar, user_id varchar,
    customer_order_number integer, items integer, units integer, revenue decimal(18,2), tax decimal(18,2),
    shipping decimal(18,2), refunded decimal(18,2), currency varchar, coupon varchar, payment_type varchar, is_valid boolean,
    source varchar, medium varchar, campaign varchar, channel_group varchar, first_channel_group varchar,
    device_category varchar, country_code varchar, region varchar, city varchar, days_since_first_visit integer, dt varchar`,
  users: `user_pseudo_id varchar, user_id varchar, first_visit_time timestamp(3), last_seen_time timestamp(3),
    first_channel_group varchar, first_source varchar, first_medium varchar, first_campaign varchar,
    first_landing_page varchar, country_code varchar, device_category varchar, sessions integer, orders integer,
    revenue decimal(18,2), currency varchar, first_order_time timestamp(3), last_order_time timestamp(3), is_bot boolean`,
  quarantine: `reason varchar, detail varchar, raw_record varchar, source_file varchar, line_number bigint,
    item_number integer, ingest_time timestamp(3), run_id varchar, dt varchar`,
  runs: `run_id varchar, run_trigger varchar, status varchar, started_at timestamp(3), finished_at timestamp(3),
    files_read bigint, records_read bigint, events bigint, duplicates bigint, quarantined bigint, late_events bigint,
    newest_event_time timestamp(3), partitions_written varchar, code_version varchar`,
};

/** The eight tables of the results, as Athena declares them. */
export const TABLES: Readonly<Record<string, TableColumns>> = Object.fromEntries(
  Object.entries(TEXTS).map(([table, text]) => [table, tableOf(text)]),
);

function tableOf(text: string): TableColumns {
  const columns = text.split(/,(?![0-9])/).map((part) => {
    const [name, type] = part.trim().split(/\s+/) as [string, string];
    return { name, type };
  });
  return { columns, partitionColumns: columns.at(-1)?.name === 'dt' ? ['dt'] : [] };
}
