/** What the compiler keeps of the contract: every request has its schema, and everything survives JSON. */
import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { EngineService } from '#ports/engine-service.ts';
import {
  type Api,
  type Pushes,
  type PushName,
  pushNames,
  type RequestName,
  type Requests,
} from '#shared/ipc.ts';
import { requestArguments } from '#shared/ipc-arguments.ts';

type Primitive = string | number | boolean | null;

/** What of a type JSON would lose or change; never where there is nothing. */
type Unsafe<T> = 0 extends 1 & T ? 'any' : unknown extends T ? 'unknown' : UnsafeMember<T>;
type UnsafeMember<T> = T extends Primitive
  ? never
  : T extends readonly (infer Element)[]
    ? Unsafe<Element>
    : T extends object
      ? T extends Changed
        ? T
        : UnsafeField<T>
      : T;
type Changed =
  | Date
  | RegExp
  | Error
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | ArrayBuffer
  | ArrayBufferView
  | PromiseLike<unknown>
  | ((...args: never) => unknown);
/** A field may be absent; one that is always there must not be undefined. */
type UnsafeField<T extends object> = {
  [K in keyof T]-?: K extends symbol
    ? K
    : Partial<Pick<T, K>> extends Pick<T, K>
      ? Unsafe<Exclude<T[K], undefined>>
      : Unsafe<T[K]>;
}[keyof T];

test('the measure for JSON itself finds what JSON would lose', () => {
  expectTypeOf<Unsafe<{ a: readonly { b: string | null }[]; c?: number | undefined }>>().toBeNever();
  expectTypeOf<Unsafe<Readonly<Record<'x' | 'y', number>>>>().toBeNever();
  expectTypeOf<Unsafe<{ at: Date }>>().toEqualTypeOf<Date>();
  expectTypeOf<Unsafe<readonly { of: Map<string, number> }[]>>().toEqualTypeOf<Map<string, number>>();
  expectTypeOf<Unsafe<{ a: number | undefined }>>().toEqualTypeOf<undefined>();
  expectTypeOf<Unsafe<readonly (string | undefined)[]>>().toEqualTypeOf<undefined>();
  expectTypeOf<Unsafe<{ a: { b: bigint } }>>().toEqualTypeOf<bigint>();
  expectTypeOf<Unsafe<{ a?: Uint8Array }>>().toEqualTypeOf<Uint8Array>();
  expectTypeOf<Unsafe<{ a: () => void }>>().toEqualTypeOf<() => void>();
  expectTypeOf<Unsafe<{ a: unknown }>>().toEqualTypeOf<'unknown'>();
  // biome-ignore lint/suspicious/noExplicitAny: that it is found is what is tested.
  expectTypeOf<Unsafe<{ a: any }>>().toEqualTypeOf<'any'>();
});

test('answers and pushes survive JSON', () => {
  expectTypeOf<
    { [N in RequestName]: Unsafe<Exclude<ReturnType<Requests[N]>, void>> }[RequestName]
  >().toBeNever();
  expectTypeOf<{ [P in PushName]: Unsafe<Pushes[P]> }[PushName]>().toBeNever();
});

type Output<N extends RequestName> = z.output<(typeof requestArguments)[N]>;
/** Who may write a value that came in makes no difference here. */
type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

test('what a schema lets through is what the request takes', () => {
  type Wrong = {
    [N in RequestName]: Frozen<Output<N>> extends Frozen<Parameters<Requests[N]>> ? never : N;
  }[RequestName];
  expectTypeOf<Wrong>().toBeNever();
  type Narrower = {
    [N in RequestName]: Frozen<Parameters<Requests[N]>> extends Frozen<Output<N>> ? never : N;
  }[RequestName];
  // Drafts of folders leave as drafts with their defaults filled in.
  expectTypeOf<Narrower>().toEqualTypeOf<'addWatchFolder' | 'previewWatchFolder'>();
});

test('a schema that takes too many arguments, or too few, takes another number than the request', () => {
  type Lengths = {
    [N in RequestName]: Output<N>['length'] extends Parameters<Requests[N]>['length'] ? never : N;
  }[RequestName];
  expectTypeOf<Lengths>().toBeNever();
});

test('an endpoint that is missing, surplus or of another type does not compile', () => {
  type Schemas = { readonly [N in RequestName]: z.ZodType<Parameters<Requests[N]>> };
  type PushTable = Record<PushName, true>;
  const { getJob, ...withoutGetJob } = requestArguments;
  const { notice, ...withoutNotice } = pushNames;
  const tables = [
    // Without a mistake it compiles, so that what follows proves something.
    { ...withoutGetJob, getJob } satisfies Schemas,
    // @ts-expect-error getJob is missing.
    withoutGetJob satisfies Schemas,
    // @ts-expect-error There is no such request.
    { ...requestArguments, formatDisk: z.tuple([]) } satisfies Schemas,
    // @ts-expect-error A job's id is a number.
    { ...requestArguments, getJob: z.tuple([z.string()]) } satisfies Schemas,
    // @ts-expect-error A job is asked for by its id.
    { ...requestArguments, getJob: z.tuple([]) } satisfies Schemas,
    { ...withoutNotice, notice } satisfies PushTable,
    // @ts-expect-error notice is missing.
    withoutNotice satisfies PushTable,
    // @ts-expect-error There is no such push.
    { ...pushNames, formatted: true } satisfies PushTable,
  ];
  expect(tables).toHaveLength(8);
});

test('an engine or a client that lacks one does not fit', () => {
  expectTypeOf<Omit<EngineService, 'getJob'>>().not.toExtend<EngineService>();
  expectTypeOf<Omit<Api, 'getJob'>>().not.toExtend<Api>();
  expectTypeOf<Omit<EngineService, never>>().toExtend<EngineService>();
  expectTypeOf<{ [N in RequestName]: Parameters<Api[N]> }>().toEqualTypeOf<{
    [N in RequestName]: Parameters<Requests[N]>;
  }>();
});
