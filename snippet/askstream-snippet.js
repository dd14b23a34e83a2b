/**
 * What visitors suffer from, as events of the AWS Clickstream SDK: rage clicks, dead clicks, JavaScript errors, form steps and
 * searches with their number of results. Load it after the SDK and start it once:
 *
 *   AskstreamSnippet.start({ record: (event) => ClickstreamAnalytics.record(event) });
 *
 * `record` gets `{ name, attributes }` as the SDK's own does. Nothing that a visitor typed is ever read but a search term; an
 * element is told by its id, name or class, never by its text. A fault in here never reaches the shop's page.
 */
(() => {
  /** Three clicks within 30 px and a second: what PostHog counts as rage. */
  const RAGE = { clicks: 3, pixels: 30, ms: 1000 };
  /** A click is dead when nothing on the page has changed by then. A scroll answers at once or never. */
  const DEAD_MS = 2500;
  /** Of each kind on one page: a loop of errors must not cost more than the visit. */
  const MOST_OF_A_KIND = 20;
  const LONGEST = 200;
  const CLICKABLE = 'a[href], button, summary, [role=button], [role=link], [role=tab], [role=menuitem], [onclick]';
  /** These answer in ways that a page's content does not show: a picker, a caret, a download, another window, another app. */
  const ANSWERS_ELSEWHERE =
    'input:not([type=button], [type=submit], [type=reset], [type=image]), select, textarea, label, option, video, audio, iframe, ' +
    '[contenteditable], a[target], a[download], a[href^="mailto:"], a[href^="tel:"], [disabled], [aria-disabled=true]';
  const FIELD = 'input, select, textarea';
  const QUIET = '[data-askstream=off]';

  const snippet = { start, searched: () => {} };
  globalThis.AskstreamSnippet = snippet;

  /** Begins to listen; returns what ends it. Starting twice changes nothing. `document` is the page's own unless handed in. */
  function start({ record, document: page = globalThis.document }) {
    if (snippet.stop) return snippet.stop;
    const window = page.defaultView;
    const send = sender(record, window);
    const ends = [watchClicks(page, window, send), watchErrors(window, send), watchForms(page, send), watchSearches(page, send)];
    snippet.searched = (term, results) => send.search(term, results);
    snippet.stop = () => {
      for (const end of ends) end();
      delete snippet.stop;
      snippet.searched = () => {};
    };
    return snippet.stop;
  }

  /** Counts what one page has sent, and keeps every fault to itself. A page is an address: shops change it without loading. */
  function sender(record, window) {
    let address = '';
    let counts = {};
    let said = new Set();
    const send = (name, attributes, once) => {
      try {
        if (window.location.href !== address) {
          address = window.location.href;
          counts = {};
          said = new Set();
        }
        const key = once === undefined ? undefined : `${name} ${once}`;
        counts[name] = (counts[name] || 0) + 1;
        if (counts[name] > MOST_OF_A_KIND || (key !== undefined && said.has(key))) return;
        if (key !== undefined) said.add(key);
        record({ name, attributes });
      } catch {
        // The shop goes on, with an event less.
      }
    };
    send.search = (term, results) => {
      const search_term = String(term || '')
        .trim()
        .toLowerCase()
        .slice(0, 100);
      const count = Number(results);
      if (search_term === '') return;
      const known = results !== undefined && results !== null && results !== '' && Number.isInteger(count) && count >= 0;
      send('search', known ? { search_term, results_count: count } : { search_term }, `${search_term} ${known ? count : ''}`);
    };
    return send;
  }

  function watchClicks(page, window, send) {
    let burst = [];
    const waiting = new Set();
    const changed = () => {
      for (const timer of waiting) window.clearTimeout(timer);
      waiting.clear();
    };
    const observer = new window.MutationObserver(changed);
    observer.observe(page, { subtree: true, childList: true, attributes: true, characterData: true });
    const onClick = guarded((event) => {
      const element = event.target.closest ? event.target : event.target.parentElement;
      if (!element || element.closest(QUIET)) return;
      const now = event.timeStamp;
      const near = (one) => now - one.at <= RAGE.ms && Math.hypot(one.x - event.clientX, one.y - event.clientY) <= RAGE.pixels;
      burst = [...burst.filter(near), { at: now, x: event.clientX, y: event.clientY }];
      // The third click of a burst is one rage, the fourth is still the same.
      if (burst.length === RAGE.clicks) send('rage_click', { element: nameOf(element) });
      const clickable = element.closest(CLICKABLE);
      if (!clickable || element.closest(ANSWERS_ELSEWHERE) || opensElsewhere(event)) return;
      const timer = window.setTimeout(() => {
        waiting.delete(timer);
        send('dead_click', { element: nameOf(clickable) });
      }, DEAD_MS);
      waiting.add(timer);
    });
    const leaving = ['pagehide', 'popstate', 'hashchange', 'scroll', 'blur', 'beforeunload'];
    page.addEventListener('click', onClick, true);
    for (const name of leaving) window.addEventListener(name, changed, true);
    page.addEventListener('selectionchange', changed);
    return () => {
      changed();
      observer.disconnect();
      page.removeEventListener('click', onClick, true);
      page.removeEventListener('selectionchange', changed);
      for (const name of leaving) window.removeEventListener(name, changed, true);
    };
  }

  function opensElsewhere(event) {
    return event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  }

  function watchErrors(window, send) {
    const say = (error, message) => {
      const error_message = masked(String(error?.message || message || 'unknown error')).slice(0, LONGEST);
      send('js_error', { error_message }, error_message);
    };
    // A picture that is missing is an `error` too, and has no message.
    const onError = guarded((event) => event.message !== undefined && say(event.error, event.message));
    const onRejection = guarded((event) => say(event.reason, typeof event.reason === 'string' ? event.reason : undefined));
    window.addEventListener('error', onError);
    window.addEventListener('unhandledrejection', onRejection);
    return () => {
      window.removeEventListener('error', onError);
      window.removeEventListener('unhandledrejection', onRejection);
    };
  }

  /** Messages may quote what a visitor typed or is called: addresses and long numbers are taken out. */
  function masked(text) {
    return text
      .replace(/[^\s@"'<>]+@[^\s@"'<>]+/g, '…@…')
      .replace(/\d{6,}/g, '…')
      .replace(/\?[^\s"')]*/g, '?…');
  }

  function watchForms(page, send) {
    const begun = new WeakSet();
    const formOf = (target) => {
      const form = target?.form !== undefined ? target.form : target?.closest?.('form');
      return form && !form.closest(`${QUIET}, [role=search]`) && !form.querySelector('input[type=search]') ? form : undefined;
    };
    const step = (name) =>
      guarded((event) => {
        const form = formOf(event.target);
        if (!form || !event.target.matches(FIELD)) return;
        const of = { form_id: formName(form), form_field: fieldName(event.target) };
        if (name === 'form_start' && begun.has(form)) return;
        begun.add(form);
        send(name, name === 'form_error' ? { ...of, error_message: faultOf(event.target) } : of);
      });
    const onSubmit = guarded((event) => {
      const form = formOf(event.target);
      if (!form) return;
      begun.delete(form);
      send('form_submit', { form_id: formName(form) });
    });
    const [onStart, onError] = [step('form_start'), step('form_error')];
    const listeners = [
      ['input', onStart],
      ['change', onStart],
      ['invalid', onError],
      ['submit', onSubmit],
    ];
    for (const [name, listener] of listeners) page.addEventListener(name, listener, true);
    return () => {
      for (const [name, listener] of listeners) page.removeEventListener(name, listener, true);
    };
  }

  /** Which rule a field breaks, in words without what stands in it: browsers' own sentences may quote it. */
  function faultOf(field) {
    const rules = ['valueMissing', 'typeMismatch', 'patternMismatch', 'tooShort', 'tooLong', 'rangeUnderflow', 'rangeOverflow'];
    const broken = rules.find((rule) => field.validity?.[rule]);
    return (broken || 'customError').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }

  /** A list of results says its term and count: `<main data-search-term="boots" data-search-results="12">`. */
  function watchSearches(page, send) {
    const look = guarded(() => {
      for (const list of page.querySelectorAll('[data-search-term]'))
        send.search(list.getAttribute('data-search-term'), list.getAttribute('data-search-results'));
    });
    const { MutationObserver } = page.defaultView;
    const observer = new MutationObserver(look);
    const attributeFilter = ['data-search-term', 'data-search-results'];
    observer.observe(page, { subtree: true, childList: true, attributes: true, attributeFilter });
    look();
    return () => observer.disconnect();
  }

  function guarded(listener) {
    return (event) => {
      try {
        listener(event);
      } catch {
        // The shop's page must not notice that anybody listens.
      }
    };
  }

  /** `button#pay`, `a.card`, `button[name=add]`: stable over visits, and nothing that a person wrote. */
  function nameOf(element) {
    const tag = element.tagName.toLowerCase();
    const named = element.getAttribute('data-askstream') || element.getAttribute('data-testid');
    if (named) return `${tag}[${named}]`.slice(0, LONGEST);
    if (element.id) return `${tag}#${element.id}`.slice(0, LONGEST);
    const name = element.getAttribute('name');
    if (name) return `${tag}[name=${name}]`.slice(0, LONGEST);
    const classes = [...element.classList].slice(0, 2).map((one) => `.${one}`);
    return `${tag}${classes.join('')}`.slice(0, LONGEST);
  }

  function formName(form) {
    return (form.getAttribute('id') || form.getAttribute('name') || form.getAttribute('action') || 'form')
      .split('?')[0]
      .slice(0, LONGEST);
  }

  function fieldName(field) {
    return (field.getAttribute('name') || field.id || field.type || '').slice(0, LONGEST);
  }
})();
