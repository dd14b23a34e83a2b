import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Starts a headless Chromium: the one named by CHROMIUM, else the one from npm; undefined where neither runs. */
export async function openChromium(): Promise<Browser | undefined> {
  const { chromium } = await import('playwright-core');
  const named = process.env.CHROMIUM;
  if (named !== undefined) return chromium.launch({ executablePath: named, headless: true });
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const { default: packed } = await import('@sparticuz/chromium');
  const executablePath = await packed.executablePath();
  if (!existsSync(executablePath)) return undefined;
  return chromium.launch({ executablePath, args: packed.args, headless: true });
}
