import { weigh } from './random.ts';

/** Where a visitor is, as CloudFront's viewer headers tell it: English names, degrees. */
export interface Place {
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** A country of the shop with its weight among first visits, the locales of its browsers and its cities by weight. */
interface Country {
  readonly code: string;
  readonly weight: number;
  readonly locales: readonly string[];
  readonly utcOffsetHours: number;
  /** Region, city, latitude, longitude, weight. */
  readonly cities: readonly (readonly [string, string, number, number, number])[];
}

const countries: readonly Country[] = [
  {
    code: 'DE',
    weight: 46,
    locales: ['de-DE', 'de-DE', 'de-DE', 'de-DE', 'de-DE', 'en-US'],
    utcOffsetHours: 1,
    cities: [
      ['Berlin', 'Berlin', 52.5244, 13.4105, 21],
      ['Hamburg', 'Hamburg', 53.5507, 9.993, 13],
      ['Bavaria', 'Munich', 48.1374, 11.5755, 13],
      ['North Rhine-Westphalia', 'Cologne', 50.9333, 6.95, 10],
      ['Hesse', 'Frankfurt am Main', 50.1155, 8.6842, 8],
      ['Baden-Wurttemberg', 'Stuttgart', 48.7823, 9.177, 7],
      ['North Rhine-Westphalia', 'Dusseldorf', 51.2217, 6.7762, 6],
      ['Saxony', 'Leipzig', 51.3396, 12.3713, 6],
      ['Saxony', 'Dresden', 51.0509, 13.7383, 4],
      ['Lower Saxony', 'Hanover', 52.3705, 9.7332, 4],
      ['Bavaria', 'Nuremberg', 49.4542, 11.0775, 4],
      ['Bremen', 'Bremen', 53.0752, 8.8078, 3],
      ['Baden-Wurttemberg', 'Freiburg', 47.9959, 7.8522, 2],
      ['Schleswig-Holstein', 'Kiel', 54.3213, 10.1349, 2],
    ],
  },
  {
    code: 'AT',
    weight: 10,
    locales: ['de-AT'],
    utcOffsetHours: 1,
    cities: [
      ['Vienna', 'Vienna', 48.2085, 16.3721, 6],
      ['Styria', 'Graz', 47.0667, 15.45, 2],
      ['Upper Austria', 'Linz', 48.3064, 14.2861, 1.5],
      ['Salzburg', 'Salzburg', 47.7994, 13.044, 1],
      ['Tyrol', 'Innsbruck', 47.2627, 11.3945, 1],
    ],
  },
  {
    code: 'CH',
    weight: 9,
    locales: ['de-CH', 'de-CH', 'fr-CH'],
    utcOffsetHours: 1,
    cities: [
      ['Zurich', 'Zurich', 47.3667, 8.55, 5],
      ['Geneva', 'Geneva', 46.2022, 6.1457, 2],
      ['Basel-City', 'Basel', 47.5584, 7.5733, 2],
      ['Bern', 'Bern', 46.9481, 7.4474, 2],
      ['Vaud', 'Lausanne', 46.516, 6.6328, 1],
    ],
  },
  {
    code: 'NL',
    weight: 7,
    locales: ['nl-NL', 'nl-NL', 'en-GB'],
    utcOffsetHours: 1,
    cities: [
      ['North Holland', 'Amsterdam', 52.374, 4.8897, 5],
      ['South Holland', 'Rotterdam', 51.9225, 4.4792, 3],
      ['South Holland', 'The Hague', 52.0767, 4.2986, 2],
      ['Utrecht', 'Utrecht', 52.0908, 5.1222, 2],
    ],
  },
  {
    code: 'FR',
    weight: 9,
    locales: ['fr-FR'],
    utcOffsetHours: 1,
    cities: [
      ['Ile-de-France', 'Paris', 48.8534, 2.3488, 6],
      ['Auvergne-Rhone-Alpes', 'Lyon', 45.7485, 4.8467, 2],
      ["Provence-Alpes-Cote d'Azur", 'Marseille', 43.297, 5.3811, 2],
      ['Grand Est', 'Strasbourg', 48.5839, 7.7455, 1],
      ['Occitanie', 'Toulouse', 43.6043, 1.4437, 1],
    ],
  },
  {
    code: 'IT',
    weight: 5,
    locales: ['it-IT'],
    utcOffsetHours: 1,
    cities: [
      ['Lombardy', 'Milan', 45.4643, 9.1895, 4],
      ['Lazio', 'Rome', 41.8919, 12.5113, 3],
      ['Piedmont', 'Turin', 45.0705, 7.6868, 1],
      ['Emilia-Romagna', 'Bologna', 44.4938, 11.3388, 1],
    ],
  },
  {
    code: 'GB',
    weight: 5,
    locales: ['en-GB'],
    utcOffsetHours: 0,
    cities: [
      ['England', 'London', 51.5085, -0.1257, 5],
      ['England', 'Manchester', 53.4809, -2.2374, 2],
      ['Scotland', 'Edinburgh', 55.9521, -3.1965, 1],
      ['Wales', 'Cardiff', 51.48, -3.18, 0.5],
    ],
  },
  {
    code: 'IE',
    weight: 2,
    locales: ['en-IE'],
    utcOffsetHours: 0,
    cities: [
      ['Leinster', 'Dublin', 53.3331, -6.2489, 3],
      ['Munster', 'Cork', 51.898, -8.4706, 1],
    ],
  },
  {
    code: 'PL',
    weight: 3,
    locales: ['pl-PL'],
    utcOffsetHours: 1,
    cities: [
      ['Mazovia', 'Warsaw', 52.2298, 21.0118, 3],
      ['Lesser Poland', 'Krakow', 50.0614, 19.9366, 2],
      ['Lower Silesia', 'Wroclaw', 51.1, 17.0333, 1],
    ],
  },
  {
    code: 'ES',
    weight: 2.5,
    locales: ['es-ES'],
    utcOffsetHours: 1,
    cities: [
      ['Madrid', 'Madrid', 40.4165, -3.7026, 3],
      ['Catalonia', 'Barcelona', 41.3888, 2.159, 3],
      ['Valencia', 'Valencia', 39.4739, -0.3797, 1],
    ],
  },
  {
    code: 'US',
    weight: 1.5,
    locales: ['en-US'],
    utcOffsetHours: -5,
    cities: [
      ['New York', 'New York', 40.7143, -74.006, 3],
      ['California', 'Los Angeles', 34.0522, -118.2437, 2],
      ['Illinois', 'Chicago', 41.85, -87.65, 1],
      ['Washington', 'Seattle', 47.6062, -122.3321, 1],
    ],
  },
];

/** Countries by weight, each with its cities by weight, for `Random.weighted`. */
export const placesByWeight = weigh(
  countries.map((country) => ({
    weight: country.weight,
    locales: country.locales,
    utcOffsetHours: country.utcOffsetHours,
    cities: weigh(
      country.cities.map(([region, city, latitude, longitude, weight]) => ({
        place: { country: country.code, region, city, latitude, longitude } satisfies Place,
        weight,
      })),
      (city) => city.weight,
    ),
  })),
  (country) => country.weight,
);
