import { parse } from 'yaml';

/** One slash command as the app's manifest declares it. */
export interface Command {
  command: string;
  description: string;
  usageHint: string;
  shouldEscape: boolean;
}

/** What the manifest allows the app: the fake Slack refuses everything beyond. */
export interface Manifest {
  name: string;
  scopes: ReadonlySet<string>;
  events: ReadonlySet<string>;
  commands: readonly Command[];
  prompts: readonly { title: string; message: string }[];
  interactivity: boolean;
  homeTab: boolean;
}

/** Reads a Slack app manifest (YAML or JSON); throws with a sentence when it is none. */
export function readManifest(text: string): Manifest {
  const root = branch(parse(text));
  const name = branch(root.display_information).name;
  if (typeof name !== 'string') throw new Error('The Slack manifest has no display_information.name; is it the right file?');
  const features = branch(root.features);
  const settings = branch(root.settings);
  return {
    name,
    scopes: new Set(words(branch(branch(root.oauth_config).scopes).bot)),
    events: new Set(words(branch(settings.event_subscriptions).bot_events)),
    commands: list(features.slash_commands).map(readCommand),
    prompts: list(branch(features.agent_view).suggested_prompts).map((p) => ({
      title: String(p.title),
      message: String(p.message),
    })),
    interactivity: branch(settings.interactivity).is_enabled === true,
    homeTab: branch(features.app_home).home_tab_enabled === true,
  };
}

function readCommand(entry: Record<string, unknown>): Command {
  return {
    command: String(entry.command),
    description: String(entry.description ?? ''),
    usageHint: String(entry.usage_hint ?? ''),
    shouldEscape: entry.should_escape === true,
  };
}

function branch(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(branch) : [];
}

function words(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
