import preset from './reference/event-names.json' with { type: 'json' };

// What AWS's SDKs send, under the name that the tables use. Everything else is the owner's to map (glossary).
const PRESET: ReadonlyMap<string, string> = new Map(Object.entries(preset));

/**
 * Sent event name → ours: the owner's aliases first, then AWS's presets; another preset name loses its leading underscore
 * (`_page_view` → `page_view`), and any other name stays as it was sent.
 */
export function eventNames(aliases: ReadonlyMap<string, string>): (sent: string) => string {
  return (sent) => aliases.get(sent) ?? PRESET.get(sent) ?? (/^_[a-z]/.test(sent) ? sent.slice(1) : sent);
}
