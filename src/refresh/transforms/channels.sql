-- traffic (kind, source, medium, campaign, host), source_rules (rank, category, name, pattern) and channel_rules (rank,
-- channel_group, kind, category, source, medium, campaign; NULL = any) -> source, medium and channel group of each.
-- The first rule that fits counts. `kind`: sdk, utm, click, referral or none.
WITH known AS (
  SELECT t.kind, t.source, t.medium, t.campaign, t.host, min(r.rank) AS source_rank
  FROM traffic t LEFT JOIN source_rules r ON regexp_like(lower(coalesce(t.source, t.host)), r.pattern)
  GROUP BY t.kind, t.source, t.medium, t.campaign, t.host
),
named AS (
  SELECT
    k.kind, k.source, k.medium, k.campaign, k.host, r.category,
    CASE k.kind
      WHEN 'none' THEN '(direct)'
      WHEN 'referral' THEN coalesce(r.source_name, CASE WHEN k.host LIKE 'www.%' THEN substr(k.host, 5) ELSE k.host END)
      ELSE k.source
    END AS shown_source,
    CASE k.kind
      WHEN 'none' THEN '(none)'
      WHEN 'referral' THEN CASE WHEN r.category = 'search' THEN 'organic' ELSE 'referral' END
      ELSE k.medium
    END AS shown_medium
  FROM known k LEFT JOIN source_rules r ON r.rank = k.source_rank
),
ruled AS (
  SELECT n.kind, n.source, n.medium, n.campaign, n.host, n.shown_source, n.shown_medium, min(c.rank) AS channel_rank
  FROM named n LEFT JOIN channel_rules c
    ON (c.rule_kind IS NULL OR c.rule_kind = n.kind)
    AND (c.rule_category IS NULL OR c.rule_category = n.category)
    AND (c.rule_source IS NULL OR regexp_like(lower(coalesce(n.shown_source, '')), c.rule_source))
    AND (c.rule_medium IS NULL OR regexp_like(lower(coalesce(n.shown_medium, '')), c.rule_medium))
    AND (c.rule_campaign IS NULL OR regexp_like(lower(coalesce(n.campaign, '')), c.rule_campaign))
  GROUP BY n.kind, n.source, n.medium, n.campaign, n.host, n.shown_source, n.shown_medium
)
SELECT u.kind, u.source, u.medium, u.campaign, u.host, u.shown_source, u.shown_medium, coalesce(c.channel_group, 'Unassigned') AS channel_group
FROM ruled u LEFT JOIN channel_rules c ON c.rank = u.channel_rank
