/**
 * What must outlive the process: questions on their way, threads, answers, subscriptions, leases. Documents by kind and
 * id; every write may be conditional, so two processes can share one memory. Times are milliseconds since 1970, UTC.
 */
export interface Memory {
  get<T>(kind: string, id: string): Promise<Remembered<T> | undefined>;
  /** Stores `value`; answers false, and changes nothing, when the condition does not hold. */
  put<T>(kind: string, id: string, value: T, options?: PutOptions): Promise<boolean>;
  delete(kind: string, id: string): Promise<void>;
  /** Documents of a kind whose id begins with `prefix`, in order of id. */
  list<T>(
    kind: string,
    prefix?: string,
  ): Promise<readonly { readonly id: string; readonly value: T; readonly version: number }[]>;
  close(): Promise<void>;
}

export interface PutOptions {
  /** `absent`: only if there is none yet. A number: only if the stored version is this one. */
  readonly if?: 'absent' | number;
  /** Forgotten at this time. */
  readonly expiresAt?: number;
}

export interface Remembered<T> {
  readonly value: T;
  readonly version: number;
}
