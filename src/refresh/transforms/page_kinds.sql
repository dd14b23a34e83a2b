-- page_paths (page_path) x page_types (rank, page_type, pattern) -> the type of each page: the first rule that fits.
WITH best AS (
  SELECT p.page_path AS kind_path, min(t.rank) AS best_rank
  FROM page_paths p JOIN page_types t ON regexp_like(lower(p.page_path), t.pattern)
  WHERE p.page_path IS NOT NULL
  GROUP BY p.page_path
)
SELECT b.kind_path, t.page_type AS kind
FROM best b JOIN page_types t ON t.rank = b.best_rank
