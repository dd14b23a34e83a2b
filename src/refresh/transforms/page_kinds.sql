-- page_paths (page_path) -> the type of each page, by its path or the name of its screen: the first rule that fits. Products
-- and categories may be called anything (belt-bag, checkout-divider), so their paths are known before words are looked for.
WITH lowered AS (
  SELECT
    page_path, lower(page_path) AS p,
    regexp_like(lower(page_path), '^/([a-z]{2}([-_][a-z]{2})?/)?((shop|store)/)?(checkout|kasse|cart|basket|bag|warenkorb|account|konto|my-[a-z]+)(/|$)') AS is_own_area
  FROM page_paths WHERE page_path IS NOT NULL
)
SELECT
  page_path AS kind_path,
  CASE
    WHEN regexp_like(p, '^/?((index|home)([.][a-z]+)?/?)?$') THEN 'home'
    WHEN regexp_like(p, '^([a-z]+[.])*(home|main)(page|screen|vc|activity|viewcontroller|fragment)?$') THEN 'home'
    WHEN NOT is_own_area AND regexp_like(p, '(^|/)(products?|p|item|items|dp|artikel|produkt|pdp)/[^/]') THEN 'product'
    WHEN NOT is_own_area AND regexp_like(p, '(^|/)(category|categories|collections?|c|kategorie|brands?|plp)/[^/]') THEN 'category'
    WHEN regexp_like(p, '(^|/)(404|not-?_?found|page-not-found)([/._-]|$)') THEN 'not_found'
    WHEN regexp_like(p, '(thank-?_?you|(^|/)thanks|order-?_?(confirm|complete|received|success)|checkout/(success|complete|done|confirmation)|(^|/)confirmation|bestellbestaetigung|(^|/)danke)') THEN 'thank_you'
    WHEN regexp_like(p, '(checkout|(^|/)kasse|(^|/)payment|(^|/)shipping/?$)') THEN 'checkout'
    WHEN regexp_like(p, '(^|/)((my|view|shopping)[-_]?)*(cart|basket|warenkorb)([/.]|$)|^/?([a-z]{2}([-_][a-z]{2})?/)?((shop|store)/)?((my|view|shopping)[-_]?)*bag([/.]|$)|^[^/]*cart(page|screen|vc|activity|viewcontroller|fragment)$') THEN 'cart'
    WHEN regexp_like(p, '(^|/)(search|suche)([-_]?results?)?([/.]|$)|^[^/]*search(page|screen|vc|activity|viewcontroller|fragment)$') THEN 'search'
    WHEN regexp_like(p, '(^|/)((user|customer|member)[-_]?)?(account|konto|login|log-in|signin|sign-in|register|signup|sign-up|profile|orders|wishlist|my-[a-z]+)([/.]|$)|(login|profile|account|register)(page|screen|vc|activity|viewcontroller|fragment)$') THEN 'account'
    WHEN regexp_like(p, '(^|/)(category|categories|collections?|c|catalog|shop|kategorie|sale|brands?|list|plp)/?$') THEN 'category'
    WHEN regexp_like(p, '(^|/)(products?|p|item|items|dp|artikel|produkt|pdp)/?$|(product|detail|item)(s|detail|details)?(page|screen|vc|activity|viewcontroller|fragment)$') THEN 'product'
    WHEN regexp_like(p, 'category(page|screen|vc|activity|viewcontroller|fragment)$') THEN 'category'
    WHEN regexp_like(p, '(^|/)(lp|landing|landing-page|campaign)(/|$)') THEN 'landing'
    WHEN regexp_like(p, '(^|/)(blog|news|magazine?|magazin|about|help|faq|support|contact|imprint|impressum|privacy|terms|agb|guide|shipping-info|returns?|stories|pages?)(/|$)') THEN 'content'
    ELSE 'other'
  END AS kind
FROM lowered
