-- sessions -> the table funnel_daily: how many sessions of a day reached the same steps. Any open funnel is a sum of it.
SELECT
  device_category, country_code, channel_group, is_new_user, is_bot,
  viewed_product, added_to_cart, viewed_cart, began_checkout, added_shipping, added_payment, purchased,
  count(*) AS sessions,
  count(*) FILTER (WHERE is_engaged) AS engaged_sessions,
  dt
FROM sessions
GROUP BY dt, device_category, country_code, channel_group, is_new_user, is_bot,
  viewed_product, added_to_cart, viewed_cart, began_checkout, added_shipping, added_payment, purchased
