-- accepted beside session_keys -> to which session each purchase event belongs.
SELECT a.event_id AS order_event_id, k.session_id AS order_session_id, a.dt
FROM accepted a JOIN session_keys k ON k.key_rid = a.rid
WHERE a.event_name = 'purchase'
