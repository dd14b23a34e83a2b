import { writeFileSync } from 'node:fs';
import { billPage } from './bill-page.ts';

/** Writes `docs/bill.md` anew: `node infra/bill/main.ts`, after a price or a measurement has changed. */
writeFileSync(new URL('../../docs/bill.md', import.meta.url), billPage());
