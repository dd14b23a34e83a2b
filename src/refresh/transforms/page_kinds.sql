-- page_paths (page_path) -> the type of each page, by its path or the name of its screen: the first rule that fits.
WITH lowered AS (
  SELECT page_path, lower(page_path) AS p FROM page_paths WHERE page_path IS NOT NULL
)
SELECT
  page_path AS kind_path,
  CASE
    WHEN regexp_like(p, '^/?((index|home)([.][a-z]+)?/?)?$') THEN 'home'
    WHEN regexp_like(p, '^([a-z]+[.])*(home|main)(page|screen|vc|activity|viewcontroller|fragment)?$') THEN 'home'
    WHEN regexp_like(p, '(^|/)(404|not-?_?found|page-not-found)([/._-]|$)') THEN 'not_found'
    WHEN regexp_like(p, '(thank-?_?you|(^|/)thanks|order-?_?(confirm|complete|received|success)|checkout/(success|complete|done|confirmation)|(^|/)confirmation|bestellbestaetigung|(^|/)danke)') THEN 'thank_you'
    WHEN regexp_like(p, '(checkout|(^|/)kasse|(^|/)payment|(^|/)shipping/?$)') THEN 'checkout'
    WHEN regexp_like(p, '(^|[/._-])(cart|basket|bag|warenkorb)([/._-]|$)|cart(page|screen|vc|activity|fragment)$') THEN 'cart'
    WHEN regexp_like(p, '(^|[/._-])(search|suche)([/._-]|$)|search(page|screen|vc|activity|fragment)$') THEN 'search'
    WHEN regexp_like(p, '(^|[/._-])(account|konto|login|log-in|signin|sign-in|register|signup|sign-up|profile|orders|wishlist|my-[a-z]+)([/._-]|$)|(login|profile|account|register)(page|screen|vc|activity|fragment)$') THEN 'account'
    WHEN regexp_like(p, '(^|/)(category|categories|collections?|c|catalog|shop|kategorie|sale|brands?|list|plp)/?$|(^|/)(category|categories|collections?|c|kategorie|brands?|plp)/[^/]+/?$') THEN 'category'
    WHEN regexp_like(p, '(^|/)(products?|p|item|items|dp|artikel|produkt|pdp)(/|$)|(product|detail|item)(s|detail|details)?(page|screen|vc|activity|viewcontroller|fragment)$') THEN 'product'
    WHEN regexp_like(p, '(^|/)(category|categories|collections?|kategorie)/|category(page|screen|vc|activity|fragment)$') THEN 'category'
    WHEN regexp_like(p, '(^|/)(lp|landing|landing-page|campaign)(/|$)') THEN 'landing'
    WHEN regexp_like(p, '(^|/)(blog|news|magazine?|magazin|about|help|faq|support|contact|imprint|impressum|privacy|terms|agb|guide|shipping-info|returns?|stories|pages?)(/|$)') THEN 'content'
    ELSE 'other'
  END AS kind
FROM lowered
