import { choose } from './actions/choose.ts';
import type { Door } from './door.ts';
import { asked } from './events/asked.ts';

/** Every way into the app. */
export const doors: readonly Door[] = [asked, choose];
