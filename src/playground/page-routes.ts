import type { Hono } from 'hono';
import type { Talk } from './act.ts';
import type { Press } from './press.ts';
import type { Env } from './slack-routes.ts';
import type { World } from './world.ts';

/** What the page's routes need. */
export interface PageNeeds {
  world: World;
  act: Talk & Press;
  facts: () => { engine: string; transport: string };
}

/** What the page talks to: its files, its state, «person did X», and a stream that says when to draw again. */
export function pageRoutes(server: Hono<Env>, _needs: PageNeeds): void {
  server.get('/', (c) => c.text('soon'));
}
