/** JSON as it travels between Slack and an app: unknown until it was checked. */
export type Json = Record<string, unknown>;

/** One block, element or text object of Block Kit before or after the check. */
export type Piece = Json & { type: string };

/** A person or the app's bot; `teamId` differs from the workspace's for people of other companies. */
export interface Person {
  id: string;
  name: string;
  realName: string;
  teamId: string;
  email: string;
  isGuest: boolean;
  isBot: boolean;
  tint: string;
}

/** A channel, private channel or direct message; `external` = shared with another company. */
export interface Channel {
  id: string;
  name: string;
  kind: 'channel' | 'group' | 'im';
  members: string[];
  external: boolean;
}

/** One message as the fake Slack keeps it; `ts` is its identity within the channel. */
export interface Message {
  ts: string;
  channel: string;
  user: string;
  botId?: string;
  text: string;
  blocks?: Piece[];
  threadTs?: string;
  /** The only person who sees it (an ephemeral message). */
  onlyFor?: string;
  editedTs?: string;
  files?: string[];
  metadata?: Json;
  reactions?: { name: string; users: string[] }[];
  subtype?: string;
  clientMsgId?: string;
}

/** An uploaded file; `readyAt` (ms of the wall clock) is when Slack's scan would be over. */
export interface StoredFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  user: string;
  bytes: Uint8Array;
  altText?: string;
  createdAt: string;
  completed: boolean;
  readyAt: number;
  shares: { channel: string; ts: string }[];
}

/** An open modal or a published Home tab. */
export interface OpenView {
  id: string;
  hash: string;
  owner: string;
  rootId: string;
  previousId: string | null;
  view: Json & { type: string; blocks: Piece[] };
  /** What the person has filled in so far: block_id → action_id → plain value. */
  values: Record<string, Record<string, unknown>>;
}

/** What the app told a thread about its work (`assistant.threads.setStatus`, `agents.sessions.setStatus`). */
export interface ThreadStatus {
  channel: string;
  threadTs: string;
  text: string;
  session: string;
  title?: string;
  /** When the text was last set; Slack lets it vanish after two minutes. */
  at: string;
}

/** One line of the recorder: a call of the app to Slack, or a delivery of Slack to the app. */
export interface Recorded {
  n: number;
  at: string;
  way: 'to slack' | 'to app';
  name: string;
  request: Json;
  response: unknown;
  ms: number;
  ok: boolean;
  /** Why it was refused or went wrong, in Slack's word; absent when fine. */
  error?: string;
  /** True when the app took longer than Slack's three seconds. */
  late?: boolean;
  retry?: number;
}

/** What the app answered to one delivery: HTTP status (200 over the socket too), its body, and the time it took. */
export interface Ack {
  ok: boolean;
  status: number;
  body: unknown;
  ms: number;
  error?: string;
}

/** The three faults a person may switch on. */
export interface Switches {
  slowNetwork: boolean;
  rateLimits: boolean;
  loseNextReply: boolean;
}
