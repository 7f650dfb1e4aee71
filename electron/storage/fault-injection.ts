import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { JournalFaults } from './faults.ts';

/** The same database, whose n-th writing statement fails; the database itself where no such fault is asked for. */
export function injectFaults(database: DatabaseSync, { atWrite }: JournalFaults): DatabaseSync {
  if (atWrite === undefined) return database;
  let writes = 0;
  const strike = () => {
    writes += 1;
    if (writes !== atWrite.number) return;
    if (atWrite.does === 'kill') process.kill(process.pid, 'SIGKILL');
    if (atWrite.does === 'exit') process.exit(1);
    if (atWrite.does === 'throw') throw new Error('A fault that was asked for.');
    throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
  };
  return new Proxy(database, {
    get(target, property) {
      if (property !== 'prepare') return Reflect.get(target, property, target);
      return (sql: string) => {
        const statement = target.prepare(sql);
        const run = statement.run.bind(statement);
        const struck = (...parameters: SQLInputValue[]) => {
          strike();
          return run(...parameters);
        };
        return Object.assign(statement, { run: struck });
      };
    },
  });
}
