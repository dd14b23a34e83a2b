import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { CappedWorkgroup } from '../../infra/constructs/capped-workgroup.ts';
import { readOwner } from '../../infra/owner.ts';
import { stageNamed, stages } from '../../infra/stages.ts';
import { readVocabulary } from '../../infra/vocabulary.ts';
import { root } from './synthesize.ts';

describe('the settings of a deployment', () => {
  test('a stage is prod where none is named, and an unknown one is refused with the names that there are', () => {
    expect(stageNamed(undefined).name).toBe('prod');
    expect(() => stageNamed('prd')).toThrow('There is no stage «prd». Write -c stage=dev or -c stage=prod.');
  });

  test('a table in S3 with partition keys that the stacks can’t make is refused, not made without them', () => {
    const text = readFileSync(join(root, 'prompts/glossary.yml'), 'utf8');
    const ads = (location: string) =>
      text.replace(
        /^tables:$/m,
        `tables:\n  ads: { about: ads, columns: { cost: bigint, country: varchar }, partition_columns: [country], location: ${location} }`,
      );
    expect(() => readVocabulary(ads('s3://ads/costs/'))).toThrow('the table ads in S3 is partitioned by country');
    expect(readVocabulary(ads('ads/costs')).tables.ads?.partition_columns).toEqual(['country']);
  });

  test('no stage lets a query read more than the house allows, and each has a name of its own', () => {
    for (const [name, stage] of Object.entries(stages)) {
      expect(stage.name).toBe(name);
      expect(Math.max(stage.cutoffGib, stage.dashboardCutoffGib)).toBeLessThanOrEqual(10);
    }
    expect(new Set(Object.values(stages).map((s) => s.prefix)).size).toBe(Object.keys(stages).length);
  });

  test.each([10.5, 0, -1, Number.NaN])('a cut-off of %p GiB makes no workgroup', (cutoffGib) => {
    const stack = new Stack(new App(), 'S');
    expect(() => new CappedWorkgroup(stack, 'W', { name: 'w', about: '', cutoffGib, results: undefined })).toThrow(
      /is not between 0 and 10/,
    );
  });

  test('what the owner gives is taken in its form only', () => {
    const given: Record<string, string> = { alarmEmail: 'a@b.example' };
    expect(readOwner((name) => given[name])).toEqual({
      alarmEmail: 'a@b.example',
      dashboardsFor: undefined,
      rawEraser: undefined,
    });
    expect(() => readOwner((name) => (name === 'alarmEmail' ? 'nobody' : undefined))).toThrow(
      '-c alarmEmail=nobody is not an address such as you@shop.example.',
    );
    expect(() => readOwner((name) => (name === 'rawEraser' ? '*' : undefined))).toThrow(
      '-c rawEraser=* is not the ARN of a role.',
    );
  });

  test('the CLI is of the second major, and runs the app as it stands', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(devDependencies['aws-cdk']).toMatch(/^2\./);
    expect(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')).app).toBe('node infra/main.ts');
  });
});
