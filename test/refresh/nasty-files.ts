import { envelope, type TestEvent } from './raw-house.ts';

/**
 * A small, nasty history of raw files, the same for a seed: sessions over midnight with and without the SDK's id, copies with
 * other ingest times, orders again on other days and by other users, refunds, late events, broken lines.
 */
export function nastyFiles(seed: number): { key: string; content: string }[] {
  let state = seed;
  const random = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const types = [
    '_page_view',
    '_page_view',
    '_page_view',
    'view_item',
    'add_to_cart',
    'purchase',
    'refund',
    '_scroll',
    'rage_click',
    '_first_open',
    'search',
    'form_start',
    'form_submit',
    '_page_load',
  ];
  const sent: TestEvent[] = [];
  const start = Date.parse('2026-05-10T00:00:00Z');
  const files: { key: string; content: string }[] = [];
  for (let file = 0; file < 14; file += 1) {
    const lines: string[] = [];
    for (let line = 0; line < 6; line += 1) {
      const user = `u${random(5)}`;
      const base = start + random(6 * 24) * 3_600_000 + random(4) * 900_000;
      const session = random(3) === 0 ? undefined : `${user}-s${random(8)}`;
      const events: TestEvent[] = [];
      for (let i = 0; i < 1 + random(6); i += 1) {
        const type = types[random(types.length)] as string;
        const at = new Date(base + random(5) * 420_000).toISOString();
        const attributes = {
          value: random(3) * 10,
          currency: random(4) === 0 ? 'CHF' : 'EUR',
          order_id: `o${random(6)}`,
          _page_url: `shop.example/p${random(4)}`,
          duration: random(9000),
          results_count: random(2),
          form_id: `f${random(2)}`,
        };
        const event: TestEvent = {
          id: `e${file}-${line}-${i}`,
          type,
          at,
          user,
          attributes,
          items: random(2) === 0 ? [{ id: `p${random(3)}`, price: 5, quantity: 1 + random(3) }] : [],
          ...(session === undefined ? {} : { session }),
        };
        const again = sent[random(Math.max(sent.length, 1))];
        events.push(random(4) === 0 && again !== undefined ? again : event);
        sent.push(event);
      }
      const ingest = new Date(base + 2_400_000 + random(3) * random(40) * 3_600_000).toISOString();
      lines.push(random(12) === 0 ? '{"broken": \n' : envelope(events, { ingest, gzip: random(2) === 0 }));
    }
    files.push({ key: `f${String(random(1000)).padStart(4, '0')}-${file}.jsonl`, content: lines.join('') });
  }
  return files;
}
