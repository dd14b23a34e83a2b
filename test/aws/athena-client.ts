import { AthenaClient } from '@aws-sdk/client-athena';

/** The real SDK client, pointed at a server on loopback; one attempt, so that faults show at once. */
export function athenaClient(endpoint: string, maxAttempts = 1): AthenaClient {
  return new AthenaClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts,
  });
}
