import type { Channel, Person } from './shapes.ts';

/** The names of the five people a visitor can be. */
export type Persona = 'analyst' | 'engineer' | 'owner' | 'guest' | 'external';

/** The sample workspace: ids, people, channels; nothing in it is real. */
export const WORKSPACE = {
  teamId: 'T0SAMPLE01',
  teamName: 'Sample shop',
  domain: 'sampleshop',
  url: 'https://sampleshop.slack.com/',
  appId: 'A0ASKSTRM1',
  botUser: 'U0ASKSTRM1',
  botId: 'B0ASKSTRM1',
  /** Slack's own voice, for what the app failed to answer. */
  slackbot: 'USLACKBOT',
  /** The company at the other end of the shared channel. */
  otherTeamId: 'T0AGENCY01',
} as const;

/** The user id behind each persona. */
export const PERSONAS: Record<Persona, string> = {
  analyst: 'U0ANALYST1',
  engineer: 'U0ENGINEER',
  owner: 'U0OWNER001',
  guest: 'U0GUEST001',
  external: 'U0EXTERNAL',
};

const TINTS: Record<Persona, string> = {
  analyst: '#2e7d6b',
  engineer: '#7a4ea3',
  owner: '#b0562b',
  guest: '#6b7280',
  external: '#8a6d1f',
};

/** User groups, by which an app may give rights; members are personas. */
export const USER_GROUPS: readonly { id: string; handle: string; members: readonly Persona[] }[] = [
  { id: 'S0ANALYSTS1', handle: 'askstream-analysts', members: ['analyst'] },
  { id: 'S0ENGINEERS', handle: 'askstream-engineers', members: ['engineer'] },
  { id: 'S0OWNERS001', handle: 'askstream-owners', members: ['owner'] },
];

/** The people of the workspace and the app's bot, by id. */
export function samplePeople(botName: string): Map<string, Person> {
  const people = (Object.keys(PERSONAS) as Persona[]).map(
    (name): Person => ({
      id: PERSONAS[name],
      name,
      realName: name,
      teamId: name === 'external' ? WORKSPACE.otherTeamId : WORKSPACE.teamId,
      email: name === 'external' ? 'external@agency.example' : `${name}@sampleshop.example`,
      isGuest: name === 'guest',
      isBot: false,
      tint: TINTS[name],
    }),
  );
  const bot: Person = {
    id: WORKSPACE.botUser,
    name: botName.toLowerCase(),
    realName: botName,
    teamId: WORKSPACE.teamId,
    email: '',
    isGuest: false,
    isBot: true,
    tint: '#0b3a75',
  };
  const slackbot: Person = { ...bot, id: WORKSPACE.slackbot, name: 'slackbot', realName: 'Slackbot', tint: '#555b66' };
  return new Map([...people, bot, slackbot].map((person) => [person.id, person]));
}

/** The channels at the first start, by id; guests sit in one, the agency in the shared one. */
export function sampleChannels(): Map<string, Channel> {
  const { analyst, engineer, owner, guest, external } = PERSONAS;
  const staff = [analyst, engineer, owner];
  const bot = WORKSPACE.botUser;
  const rooms: [string, string, string[], boolean][] = [
    ['C0SHOPNUM01', 'shop-numbers', [...staff, guest, bot], false],
    ['C0GROWTH001', 'growth', [...staff, bot], false],
    ['C0CHECKOUT1', 'checkout', [...staff, bot], false],
    ['C0DATAENG01', 'data-engineering', [...staff, bot], false],
    ['C0DIGESTS01', 'digests', [...staff, bot], false],
    ['C0AGENCY001', 'agency-shared', [...staff, external, bot], true],
  ];
  const channels = rooms.map(
    ([id, name, members, isExternal]): Channel => ({ id, name, kind: 'channel', members, external: isExternal }),
  );
  const persons = Object.values(PERSONAS).map((id) => directMessage(id, bot, id === external));
  const pairs = [directMessage(engineer, analyst, false), directMessage(owner, analyst, false)];
  return new Map([...channels, ...persons, ...pairs].map((channel) => [channel.id, channel]));
}

/** The direct message of two people; its id is made of theirs, so that a restart finds it again. */
export function directMessage(one: string, other: string, external: boolean): Channel {
  const bot = WORKSPACE.botUser;
  const id = other === bot ? `D${one.slice(1)}1` : `D${one.slice(1, 6)}${other.slice(1, 6)}`;
  return { id, name: '', kind: 'im', members: [one, other], external };
}
