import type { Channel, Person } from './shapes.ts';
import { PERSONAS, type Persona, WORKSPACE } from './workspace.ts';
import { botDirectMessage, type World } from './world.ts';

/** A persona's name or a user id. */
export type Who = Persona | (string & {});

/** The person behind a persona's name or a user id. */
export function findPerson(world: World, who: Who): Person | undefined {
  const id = Object.hasOwn(PERSONAS, who) ? PERSONAS[who as Persona] : who;
  return world.people.get(id);
}

/** A channel by id, by `#name`, or the app's direct message with a person by `@persona`. */
export function findChannel(world: World, where: string): Channel | undefined {
  if (where.startsWith('@')) {
    const person = findPerson(world, where.slice(1));
    return person === undefined ? undefined : botDirectMessage(world, person.id, WORKSPACE.botUser);
  }
  const name = where.replace(/^#/, '');
  return world.channels.get(where) ?? [...world.channels.values()].find((one) => one.kind !== 'im' && one.name === name);
}
