import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root, type Statement, statementsOf, type Templates } from '../synthesize.ts';

/** Everything that the bot may do. A new action fails here first, and is thought about. */
const reads = [
  'athena:GetQueryExecution',
  'athena:GetQueryResults',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'glue:BatchGetPartition',
  'glue:GetDatabase',
  'glue:GetJobRun',
  'glue:GetJobRuns',
  'glue:GetPartition',
  'glue:GetPartitions',
  'glue:GetTable',
  'glue:GetTables',
  's3:GetBucketLocation',
  's3:GetObject',
  's3:ListBucket',
];

/** What changes something, and the one thing that it may change. */
const changes: Readonly<Record<string, RegExp>> = {
  'athena:StartQueryExecution': /workgroup\/askstream-ask(-large)?"/,
  'athena:StopQueryExecution': /workgroup\/askstream-ask(-large)?"/,
  'bedrock:InvokeModel': /:(inference-profile\/eu\.anthropic|foundation-model\/anthropic)\.[a-z0-9.:-]+"/,
  'bedrock:InvokeModelWithResponseStream': /:(inference-profile\/eu\.anthropic|foundation-model\/anthropic)\.[a-z0-9.:-]+"/,
  'dynamodb:DeleteItem': /^\{"Fn::ImportValue":"askstream-state:ExportsOutputFnGetAttMemory[^"]*"\}$/,
  'dynamodb:PutItem': /^\{"Fn::ImportValue":"askstream-state:ExportsOutputFnGetAttMemory[^"]*"\}$/,
  'dynamodb:UpdateItem': /^\{"Fn::ImportValue":"askstream-state:ExportsOutputFnGetAttMemory[^"]*"\}$/,
  'glue:StartJobRun': /:job\/askstream-refresh"/,
  'quicksight:CreateIngestion': /:dataset\/askstream-[a-z-]+(\/ingestion\/\*)?"/,
  'sqs:DeleteMessage': /^\{"Fn::ImportValue":"askstream-pipeline:ExportsOutputFnGetAttInboxQueue[^"]*"\}$/,
  'sqs:ReceiveMessage': /^\{"Fn::ImportValue":"askstream-pipeline:ExportsOutputFnGetAttInboxQueue[^"]*"\}$/,
};

/** Athena reads the catalog and the files with the rights of the one who asks; a stream answers through a right of its own. */
const forAthena = [
  'bedrock:InvokeModelWithResponseStream',
  'glue:BatchGetPartition',
  'glue:GetDatabase',
  'glue:GetPartition',
  'glue:GetPartitions',
  'glue:GetTable',
  'glue:GetTables',
  's3:GetBucketLocation',
];

/** Calls whose right has another name; a table is made by the stack, and by the app only where it runs without AWS. */
const rightOf: Readonly<Record<string, string | undefined>> = {
  Converse: 'bedrock:InvokeModel',
  ListObjectsV2: 's3:ListBucket',
  CreateTable: undefined,
};
const serviceOf: Readonly<Record<string, string>> = {
  athena: 'athena',
  'bedrock-runtime': 'bedrock',
  dynamodb: 'dynamodb',
  glue: 'glue',
  quicksight: 'quicksight',
  s3: 's3',
  sqs: 'sqs',
};

/** Rights for all that `src/aws` imports to call: `GetJobRunCommand` of client-glue → `glue:GetJobRun`; `paginateQuery` → `dynamodb:Query`. */
function callsOfAdapters(): string[] {
  return globSync('src/aws/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([a-z0-9-]+)'/g)].flatMap(
      ([, names, client]) =>
        [...names!.matchAll(/\b(?:(\w+)Command|paginate(\w+))\b/g)].flatMap((m) => {
          const call = (m[1] ?? m[2])!;
          const right = call in rightOf ? rightOf[call] : `${serviceOf[client!]}:${call}`;
          return right ? [right] : [];
        }),
    ),
  );
}

/** The second lock: the role reads, whatever SQL it is given. */
export function botRoleRules(made: () => Templates): void {
  describe('the role of the bot', () => {
    const statements = () => statementsOf(made().bot, /^Role/);
    const allowed = () => statements().filter((s) => s.effect === 'Allow');
    const denied = () => statements().filter((s) => s.effect === 'Deny');
    const actions = (of: readonly Statement[]) => [...new Set(of.flatMap((s) => s.actions))].toSorted();

    test('holds these actions and no other', () => {
      expect(actions(allowed())).toEqual([...reads, ...Object.keys(changes)].toSorted());
    });

    test('covers every call of the adapters, and nothing that neither they nor Athena need', () => {
      const needed = new Set([...callsOfAdapters(), ...forAthena]);
      expect(actions(allowed())).toEqual([...needed].toSorted());
    });

    test('allows no action with a wildcard, and nothing on everything', () => {
      expect(actions(allowed()).filter((a) => a.includes('*'))).toEqual([]);
      expect(allowed().filter((s) => s.resources.some((r) => r === '"*"' || r.includes(':*"')))).toEqual([]);
    });

    test('changes its own memory, inbox, queries and the one job, and nothing else', () => {
      const elsewhere = Object.entries(changes).flatMap(([action, place]) =>
        allowed()
          .filter((s) => s.actions.includes(action))
          .flatMap((s) => s.resources)
          .filter((resource) => !place.test(resource))
          .map((resource) => `${action} on ${resource}`),
      );
      expect(elsewhere).toEqual([]);
    });

    test('has no action that can write a file, a table of the catalog or a function', () => {
      const writing =
        /^(s3:(Put|Delete|Create|Restore|Replicate|Abort)|glue:(Create|Update|Delete|Batch(Create|Update|Delete)|Put)|lambda:|iam:|sts:|athena:(Create|Update|Delete)|lakeformation:|secretsmanager:)/;
      expect(actions(allowed()).filter((a) => writing.test(a))).toEqual([]);
    });

    test('reads tables and book-keeping, never raw events or what is staged', () => {
      const files = allowed()
        .filter((s) => s.actions.includes('s3:GetObject'))
        .flatMap((s) => s.resources);
      expect(files.length).toBe(4);
      expect(
        files.filter(
          (r) => !/:s3:::ads-of-the-shop\/costs\/\*"|Results[^/]*\/results\/\*|State[^/]*\/state\/(manifest|runs)\/\*/.test(r),
        ),
      ).toEqual([]);
    });

    test('refuses by name what a later policy could allow', () => {
      expect(actions(denied())).toEqual(
        expect.arrayContaining([
          's3:PutObject*',
          's3:DeleteObject*',
          'glue:Create*',
          'glue:Update*',
          'glue:Delete*',
          'lambda:*',
          'iam:*',
        ]),
      );
      const noWrites = denied().find((s) => s.sid === 'NeverWriteFiles')!;
      for (const bucket of ['Raw', 'Results', 'State', 'DashboardResults'])
        expect(noWrites.resources.filter((r) => r.includes(`GetAtt${bucket}`)).length).toBe(2);
    });

    test('belongs to the task, and the one that starts the task reads Slack’s tokens only', () => {
      made().bot.hasResourceProperties('AWS::ECS::TaskDefinition', {});
      const starting = statementsOf(made().bot, /ExecutionRole/);
      const secrets = starting.filter((s) => s.actions.some((a) => a.startsWith('secretsmanager:')));
      expect(secrets.flatMap((s) => s.resources).filter((r) => !r.includes('RefSlackTokens'))).toEqual([]);
      expect(actions(starting).filter((a) => a.includes('*'))).toEqual([]);
    });
  });
}
