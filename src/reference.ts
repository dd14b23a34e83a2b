import { randomInt } from 'node:crypto';

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A short name for a fault that a person can read out: `AS-7F3K2`. */
export function reference(random: (max: number) => number = randomInt): string {
  return `AS-${Array.from({ length: 5 }, () => letters[random(letters.length)]).join('')}`;
}
