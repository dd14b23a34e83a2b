-- accepted beside session_keys -> what each session's first page view that says anything says of where it came from.
WITH carrying AS (
  SELECT
    k.session_id, k.seq, a.tag_kind, a.tag_source, a.tag_medium, a.tag_campaign,
    CASE WHEN a.referrer_host IS NOT NULL AND regexp_replace(a.referrer_host, '^www[.]', '') <> regexp_replace(coalesce(a.page_host, ''), '^www[.]', '') THEN a.referrer_host END AS outside_host
  FROM accepted a JOIN session_keys k ON k.key_rid = a.rid
  WHERE k.is_view = 1
),
firsts AS (
  SELECT session_id AS first_session, min(seq) AS first_seq
  FROM carrying
  WHERE tag_kind IS NOT NULL OR outside_host IS NOT NULL
  GROUP BY session_id
)
SELECT
  c.session_id AS traffic_session,
  coalesce(c.tag_kind, 'referral') AS kind,
  c.tag_source AS source, c.tag_medium AS medium, c.tag_campaign AS campaign,
  c.outside_host AS host
FROM carrying c JOIN firsts f ON f.first_session = c.session_id AND f.first_seq = c.seq
