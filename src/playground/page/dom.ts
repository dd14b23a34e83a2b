type Child = Node | string | undefined | false;

/** Builds an element; every text becomes a text node, so nothing from outside is ever parsed as markup. */
export function h(tag: string, props: Record<string, unknown> = {}, ...children: (Child | Child[])[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on') && typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (name === 'value' || name === 'checked' || name === 'disabled') Object.assign(element, { [name]: value });
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

/** Appends nodes and texts, skipping what is absent. */
export function append(parent: Node, children: (Child | Child[])[]): void {
  for (const child of children.flat())
    if (child !== undefined && child !== false)
      parent.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
}

/** Makes the children of `parent` exactly these, moving as little as possible so that focus and scroll stay. */
export function reconcile(parent: Element, wanted: readonly Node[]): void {
  const keep = new Set(wanted);
  for (const child of [...parent.childNodes]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, index) => {
    const there = parent.childNodes[index];
    if (there !== node) parent.insertBefore(node, there ?? null);
  });
}

/** Text with line breaks. */
export function lines(text: string): Node[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      index === 0 ? [document.createTextNode(line)] : [document.createElement('br'), document.createTextNode(line)],
    );
}

/** An element only screen readers meet. */
export function hidden(text: string): HTMLElement {
  return h('span', { class: 'sr' }, text);
}

/** Nodes that were drawn, each with the source it was drawn from. */
export type Drawn = Map<string, { text: string; node: HTMLElement }>;

/** Keeps the node of an entry whose source did not change, so that folds, focus, sorting and a half-done click survive. */
export function once(drawn: Drawn, key: string, source: unknown, draw: () => HTMLElement): HTMLElement {
  const text = JSON.stringify(source);
  const before = drawn.get(key);
  if (before?.text === text) return before.node;
  const node = draw();
  drawn.set(key, { text, node });
  return node;
}
