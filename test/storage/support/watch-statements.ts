import type { DatabaseSync } from 'node:sqlite';

export interface Executed {
  readonly sql: string;
  readonly kind: 'run' | 'get' | 'all';
  readonly parameters: readonly never[];
}

/** The same database, which tells of every prepared statement that it runs. */
export function watchStatements(
  database: DatabaseSync,
  onExecuted: (executed: Executed) => void,
): DatabaseSync {
  return new Proxy(database, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (property !== 'prepare') return typeof value === 'function' ? value.bind(target) : value;
      return (sql: string) => {
        const statement = target.prepare(sql);
        for (const kind of ['run', 'get', 'all'] as const) {
          const original = statement[kind].bind(statement) as (...parameters: never[]) => never;
          Object.assign(statement, {
            [kind]: (...parameters: never[]) => {
              onExecuted({ sql, kind, parameters });
              return original(...parameters);
            },
          });
        }
        return statement;
      };
    },
  });
}
