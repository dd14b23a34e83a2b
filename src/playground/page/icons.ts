const SVG = 'http://www.w3.org/2000/svg';

const THUMB = 'M5 7v7H2.5V7zM5 7l3-5c1.2 0 2 .8 1.8 2L9.3 6.5h3.4c.9 0 1.5.8 1.3 1.7l-1 4.5c-.2.8-.8 1.3-1.6 1.3H5';
const PATHS = {
  up: [THUMB],
  sort: ['M5 3v10M5 13l-2-2M5 13l2-2M11 13V3M11 3 9 5M11 3l2 2'],
  send: ['M2.5 13 14 8 2.500 3v4L9 8l-6.500 1z'],
  plus: ['M8 3v10M3 8h10'],
  search: ['M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9', 'm10.500 10.500 3 3'],
  x: ['m4 4 8 8M12 4l-8 8'],
  back: ['M10 3 5 8l5 5'],
  menu: ['M2.500 4h11M2.500 8h11M2.500 12h11'],
  file: ['M4 2h5l3 3v9H4z', 'M9 2v3h3'],
} as const;

/** A shape of the given kind; `down` is `up` turned round. */
export function icon(name: keyof typeof PATHS | 'down'): SVGElement {
  const svg = shape('svg', {
    width: 16,
    height: 16,
    viewBox: '0 0 16 16',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.5,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  });
  for (const d of PATHS[name === 'down' ? 'up' : name]) {
    svg.append(
      shape('path', {
        d,
        ...(name === 'down' ? { transform: 'rotate(180 8 8)' } : {}),
        ...(name === 'send' ? { fill: 'currentColor', stroke: 'none' } : {}),
      }),
    );
  }
  return svg;
}

/** The sign of a task's state in a plan. */
export function taskIcon(status: string): SVGElement {
  const svg = shape('svg', {
    width: 16,
    height: 16,
    viewBox: '0 0 16 16',
    fill: 'none',
    class: `task-icon ${status}`,
    role: 'img',
    'aria-label': status.replace('_', ' '),
  });
  svg.append(shape('circle', { cx: 8, cy: 8, r: 6.5, class: 'ring' }));
  const marks: Record<string, string> = {
    complete: 'm5.200 8.200 2 2 3.600-4',
    in_progress: 'M8 2a6 6 0 0 1 6 6',
    error: 'M8 4.500v4M8 11v.2',
  };
  const d = marks[status];
  if (d !== undefined) svg.append(shape('path', { d, class: 'mark' }));
  return svg;
}

/** The app's picture. */
export function logo(size: number): SVGElement {
  const svg = shape('svg', { class: 'av', width: size, height: size, viewBox: '0 0 36 36', 'aria-hidden': 'true' });
  svg.append(shape('rect', { width: 36, height: 36, rx: 8, fill: '#0b3a75' }));
  for (const [y, stroke] of [
    [14, '#ffffff'],
    [23, '#f0923f'],
  ] as const) {
    svg.append(
      shape('path', {
        d: `M6 ${y}c4-4.5 8-4.5 12 0s8 4.5 12 0`,
        stroke,
        'stroke-width': 3,
        fill: 'none',
        'stroke-linecap': 'round',
      }),
    );
  }
  return svg;
}

/** Any SVG element. */
export function shape(tag: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
