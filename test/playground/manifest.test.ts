import { describe, expect, test } from '@jest/globals';
import { METHODS } from '../../src/playground/api/call.ts';
import { readManifest } from '../../src/playground/manifest.ts';
import { MANIFEST } from './with-bolt.ts';

/** Names that Slack knows; the manifest's own schema would let a typo pass. */
const EVENTS = [
  'agent_session_stopped',
  'app_context_changed',
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_shared',
  'channel_unshared',
  'member_joined_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
  'subteam_members_changed',
  'tokens_revoked',
];
const SCOPES = [
  ...[
    'app_mentions:read',
    'assistant:write',
    'channels:history',
    'channels:read',
    'chat:write',
    'commands',
    'files:read',
    'files:write',
  ],
  ...[
    'groups:history',
    'groups:read',
    'im:history',
    'im:read',
    'im:write',
    'mpim:history',
    'mpim:read',
    'reactions:read',
    'reactions:write',
  ],
  ...['usergroups:read', 'users:read', 'users:read.email'],
];

const manifest = readManifest(MANIFEST);

describe('the manifest of the app', () => {
  test('names only events and scopes that Slack has', () => {
    expect([...manifest.events].filter((name) => !EVENTS.includes(name))).toEqual([]);
    expect([...manifest.scopes].filter((name) => !SCOPES.includes(name))).toEqual([]);
  });

  test('has the four commands, each described within Slack’s limits', () => {
    expect(manifest.commands.map((one) => one.command)).toEqual(['/ask', '/sql', '/refresh', '/digest']);
    for (const one of manifest.commands) {
      expect(one.command.length).toBeLessThanOrEqual(32);
      expect(one.description).toMatch(/^.{1,2000}$/);
      expect(one.usageHint.length).toBeLessThanOrEqual(1000);
    }
  });

  test('asks for nothing that lets it join, post anywhere or look like somebody else', () => {
    const never = ['chat:write.public', 'channels:join', 'chat:write.customize', 'links:read', 'search:read'];
    expect(never.filter((scope) => manifest.scopes.has(scope))).toEqual([]);
  });

  test('subscribes to Stop, without which Slack shows a spinner that cannot be stopped', () => {
    expect(manifest.events.has('agent_session_stopped')).toBe(true);
    expect(manifest.prompts.length).toBeLessThanOrEqual(4);
  });

  test('every event that it subscribes to has its scope', () => {
    const needs: Record<string, string> = {
      app_mention: 'app_mentions:read',
      'message.im': 'im:history',
      'message.channels': 'channels:history',
      'message.groups': 'groups:history',
      'message.mpim': 'mpim:history',
    };
    expect(Object.entries(needs).filter(([event, scope]) => manifest.events.has(event) && !manifest.scopes.has(scope))).toEqual(
      [],
    );
  });

  test('a text that is no manifest is refused with a sentence', () => {
    expect(() => readManifest('a: 1')).toThrow('The Slack manifest has no display_information.name; is it the right file?');
  });

  test('the simulated Slack knows the methods that the design calls for', () => {
    const wanted = [
      'auth.test',
      'chat.postMessage',
      'chat.update',
      'chat.delete',
      'chat.postEphemeral',
      'chat.getPermalink',
      'conversations.open',
      'views.open',
      'views.push',
      'views.publish',
      'files.getUploadURLExternal',
      'files.completeUploadExternal',
      'assistant.threads.setStatus',
      'agents.sessions.setStatus',
      'apps.connections.open',
    ];
    expect(wanted.filter((name) => METHODS[name] === undefined)).toEqual([]);
  });
});
