import type { Page } from 'playwright-core';

/** Texts on the page whose contrast to their ground is under 4.5 : 1 (WCAG 2.2, 1.4.3), with their ratio; at most ten. */
export function lowContrast(page: Page): Promise<string[]> {
  return page.locator('body').evaluate((body) => {
    type Element = {
      parentElement: Element | null;
      childNodes: ArrayLike<{ nodeType: number; textContent: string }>;
      className: string;
      closest(s: string): unknown;
      checkVisibility(): boolean;
    };
    const styleOf = (globalThis as unknown as { getComputedStyle(e: Element): Record<string, string> }).getComputedStyle;
    const numbers = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const light = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = ([r = 0, g = 0, b = 0]: number[]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
    const ground = (element: Element | null): number[] => {
      if (element === null) return [255, 255, 255];
      const [r = 0, g = 0, b = 0, alpha = 1] = numbers(styleOf(element).backgroundColor ?? '');
      if (alpha >= 1) return [r, g, b];
      const below = ground(element.parentElement);
      return [r, g, b].map((part, index) => part * alpha + (below[index] ?? 0) * (1 - alpha));
    };
    const all = [...(body as unknown as { querySelectorAll(s: string): Iterable<Element> }).querySelectorAll('*')];
    return all
      .filter((one) => one.checkVisibility() && one.closest('svg, [disabled], .av') === null)
      .filter((one) => Array.from(one.childNodes).some((node) => node.nodeType === 3 && node.textContent.trim() !== ''))
      .flatMap((one) => {
        const ink = luminance(numbers(styleOf(one).color ?? ''));
        const paper = luminance(ground(one));
        const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        return ratio < 4.5
          ? [
              `${one.className}: ${Array.from(one.childNodes, (node) => node.textContent)
                .join('')
                .slice(0, 30)} ${ratio.toFixed(2)}`,
            ]
          : [];
      })
      .slice(0, 10);
  });
}
