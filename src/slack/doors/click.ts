/** One press of a button or choice in a menu, freed of Slack's form. */
export interface Click {
  readonly user: string;
  readonly action: string;
  /** The button's value or the chosen option's. */
  readonly value: string;
  readonly trigger: string;
  /** Where it was pressed, in messages; absent on the Home tab. */
  readonly channel?: string;
  readonly message?: string;
  /** The thread's root, or the message itself where it has no thread. */
  readonly thread?: string;
  readonly isEphemeral: boolean;
  readonly responseUrl?: string;
}

interface Body {
  readonly user: { readonly id: string };
  readonly trigger_id?: string;
  readonly response_url?: string;
  readonly channel?: { readonly id: string };
  readonly container?: { readonly message_ts?: string; readonly thread_ts?: string; readonly is_ephemeral?: boolean };
  readonly message?: { readonly ts?: string; readonly thread_ts?: string };
  readonly actions?: readonly {
    readonly action_id: string;
    readonly value?: string;
    readonly selected_option?: { readonly value?: string } | null;
  }[];
}

/** block_actions → Click. */
export function clickOf(raw: unknown): Click {
  const body = raw as Body;
  const action = body.actions?.[0];
  const message = body.message?.ts ?? body.container?.message_ts;
  const thread = body.message?.thread_ts ?? body.container?.thread_ts ?? message;
  return {
    user: body.user.id,
    action: action?.action_id ?? '',
    value: action?.selected_option?.value ?? action?.value ?? '',
    trigger: body.trigger_id ?? '',
    ...(body.channel ? { channel: body.channel.id } : {}),
    ...(message ? { message } : {}),
    ...(thread ? { thread } : {}),
    isEphemeral: body.container?.is_ephemeral === true,
    ...(body.response_url ? { responseUrl: body.response_url } : {}),
  };
}

/** `word:id` → both halves. */
export function halves(value: string): readonly [string, string] {
  const at = value.indexOf(':');
  return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
}
