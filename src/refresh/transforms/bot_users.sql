-- spans of all days -> ids with more than 10,000 accepted events on one day.
SELECT DISTINCT user_pseudo_id AS bot_user
FROM (
  SELECT user_pseudo_id, dt, sum(events) AS events_of_day
  FROM spans
  GROUP BY user_pseudo_id, dt
) days
WHERE events_of_day > 10000
