import type { Person } from '../shapes.ts';
import { PERSONAS, USER_GROUPS, WORKSPACE } from '../workspace.ts';
import type { World } from '../world.ts';
import { type Method, missing, refuse } from './method.ts';

/** `auth.*`, `users.*`, `bots.*`, `team.*`, `api.*`, `apps.*`: who is who. */
export const peopleMethods: Record<string, Method> = {
  'api.test': {
    scopes: [],
    tier: 'none',
    token: 'none',
    run: (args) => {
      const error = args.text('error');
      return error === undefined ? { ok: true, args: args.all } : refuse(error, [], { args: args.all });
    },
  },
  'auth.test': {
    scopes: [],
    tier: 'none',
    run: (_args, { world }) => ({
      ok: true,
      url: WORKSPACE.url,
      team: WORKSPACE.teamName,
      user: world.people.get(WORKSPACE.botUser)?.name,
      team_id: WORKSPACE.teamId,
      user_id: WORKSPACE.botUser,
      bot_id: WORKSPACE.botId,
      is_enterprise_install: false,
    }),
  },
  'users.info': {
    scopes: ['users:read'],
    tier: 100,
    run: (args, { world }) => {
      const id = args.text('user');
      if (id === undefined) return missing('user');
      const person = world.people.get(id);
      return person === undefined ? refuse('user_not_found') : { ok: true, user: userFields(world, person) };
    },
  },
  'users.list': {
    scopes: ['users:read'],
    tier: 20,
    run: (_args, { world }) => ({
      ok: true,
      members: [...world.people.values()].map((person) => userFields(world, person)),
      response_metadata: { next_cursor: '' },
    }),
  },
  'users.lookupByEmail': {
    scopes: ['users:read.email'],
    tier: 50,
    run: (args, { world }) => {
      const person = [...world.people.values()].find((one) => one.email !== '' && one.email === args.text('email'));
      return person === undefined ? refuse('users_not_found') : { ok: true, user: userFields(world, person) };
    },
  },
  'bots.info': {
    scopes: ['users:read'],
    tier: 50,
    run: (args, { world }) =>
      (args.text('bot') ?? WORKSPACE.botId) === WORKSPACE.botId
        ? {
            ok: true,
            bot: {
              id: WORKSPACE.botId,
              app_id: WORKSPACE.appId,
              user_id: WORKSPACE.botUser,
              name: world.manifest.name,
              deleted: false,
            },
          }
        : refuse('bot_not_found'),
  },
  'usergroups.list': {
    scopes: ['usergroups:read'],
    tier: 20,
    run: () => ({
      ok: true,
      usergroups: USER_GROUPS.map((group) => ({
        id: group.id,
        team_id: WORKSPACE.teamId,
        handle: group.handle,
        name: group.handle,
        user_count: group.members.length,
      })),
    }),
  },
  'usergroups.users.list': {
    scopes: ['usergroups:read'],
    tier: 20,
    run: (args) => {
      const group = USER_GROUPS.find((one) => one.id === args.text('usergroup'));
      return group === undefined ? refuse('no_such_subteam') : { ok: true, users: group.members.map((name) => PERSONAS[name]) };
    },
  },
  'team.info': {
    scopes: ['team:read'],
    tier: 50,
    run: () => ({
      ok: true,
      team: { id: WORKSPACE.teamId, name: WORKSPACE.teamName, domain: WORKSPACE.domain, email_domain: '' },
    }),
  },
  'apps.connections.open': {
    scopes: [],
    tier: 50,
    token: 'app',
    run: (_args, context) => ({ ok: true, url: context.socketUrl() }),
  },
};

function userFields(world: World, person: Person): Record<string, unknown> {
  const external = person.teamId !== WORKSPACE.teamId;
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    real_name: person.realName,
    deleted: false,
    tz: world.zone,
    profile: {
      real_name: person.realName,
      display_name: person.name,
      ...(world.manifest.scopes.has('users:read.email') && person.email !== '' ? { email: person.email } : {}),
    },
    is_bot: person.isBot,
    is_app_user: false,
    is_admin: person.name === 'owner',
    is_owner: person.name === 'owner',
    is_restricted: person.isGuest,
    is_ultra_restricted: false,
    ...(external ? { is_stranger: true } : {}),
    updated: 1_700_000_000,
  };
}
