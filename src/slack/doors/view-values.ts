interface Stateful {
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

/** The plain value of one input of a submitted modal, whatever its kind; undefined when it was left empty. */
export function filledIn(view: Stateful, block: string): string | undefined {
  const element = Object.values(view.state.values[block] ?? {})[0] as
    | {
        value?: string | null;
        selected_option?: { value?: string } | null;
        selected_time?: string | null;
        selected_conversation?: string | null;
      }
    | undefined;
  return (
    element?.value ?? element?.selected_option?.value ?? element?.selected_time ?? element?.selected_conversation ?? undefined
  );
}
