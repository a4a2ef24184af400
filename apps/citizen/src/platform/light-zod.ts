/**
 * The part of zod that `packages/core` describes its data with, in 2 KiB instead of 27: the build
 * puts it in zod's place, because a first load over a poor network is what this app is for
 * (decision 008). It reads and refuses as zod does; it has no wording of errors, no JSON Schema and
 * no coercion of what only a server is sent. `light-zod.test.ts` holds it against zod itself.
 */

/** What was given is not what the schema says. */
export class Unreadable extends Error {
  constructor(where: string, what: string) {
    super(`${where || "it"}: ${what}`);
    this.name = "Unreadable";
  }
}

type Read = (given: unknown, where: string) => unknown;
type Shape = Record<string, Schema>;
type Parsed = { success: true; data: unknown } | { success: false; data: undefined; error: Unreadable };

class Schema {
  readonly read: Read;
  /** The schema inside of an optional, a nullable or a default. */
  readonly inner: Schema | undefined;

  constructor(read: Read, inner?: Schema) {
    this.read = read;
    this.inner = inner;
  }

  parse(given: unknown): unknown {
    return this.read(given, "");
  }

  safeParse(given: unknown): Parsed {
    try {
      return { success: true, data: this.read(given, "") };
    } catch (error) {
      if (error instanceof Unreadable) return { success: false, data: undefined, error };
      throw error;
    }
  }

  optional(): Schema {
    return new Schema((given, where) => (given === undefined ? undefined : this.read(given, where)), this);
  }
  nullable(): Schema {
    return new Schema((given, where) => (given === null ? null : this.read(given, where)), this);
  }
  nullish(): Schema {
    return this.nullable().optional();
  }
  default(value: unknown): Schema {
    return new Schema((given, where) => (given === undefined ? value : this.read(given, where)), this);
  }
  catch(value: unknown): Schema {
    return new Schema((given) => {
      const parsed = this.safeParse(given);
      return parsed.success ? parsed.data : value;
    });
  }
  unwrap(): Schema {
    return this.inner ?? this;
  }
  array(): Schema {
    return array(this);
  }

  /** Words about a schema are for the reference, types for the compiler. */
  describe(): this {
    return this;
  }
  meta(): this {
    return this;
  }
  brand(): this {
    return this;
  }

  refine(isRight: (value: never) => boolean, what?: unknown): Schema {
    return this.after((value) => isRight(value as never), what); // the schema before it made sure of the type
  }
  overwrite(change: (value: never) => unknown): Schema {
    return new Schema((given, where) => change(this.read(given, where) as never)); // as above
  }
  transform(change: (value: never) => unknown): Schema {
    return this.overwrite(change);
  }
  min(least: number): Schema {
    return this.after((value) => sizeOf(value) >= least, `at least ${least}`);
  }
  max(most: number): Schema {
    return this.after((value) => sizeOf(value) <= most, `at most ${most}`);
  }
  positive(): Schema {
    return this.refine((value: number) => value > 0, "has to be more than 0");
  }
  int(): Schema {
    return this.after(Number.isSafeInteger, "a whole number");
  }
  regex(pattern: RegExp, what?: string): Schema {
    return this.after((value) => pattern.test(String(value)), what);
  }
  trim(): Schema {
    return new Schema((given, where) => String(this.read(given, where)).trim());
  }

  private after(isRight: (value: unknown) => boolean, what: unknown): Schema {
    return new Schema((given, where) => {
      const value = this.read(given, where);
      if (!isRight(value))
        throw new Unreadable(where, typeof what === "string" ? what : "not as it should be");
      return value;
    });
  }
}

/** A number is as large as it is, a text or a list as long. */
function sizeOf(value: unknown): number {
  return typeof value === "number"
    ? value
    : Array.isArray(value) || typeof value === "string"
      ? value.length
      : 0;
}

class ObjectSchema extends Schema {
  readonly shape: Shape;
  readonly isStrict: boolean;

  constructor(shape: Shape, isStrict = false) {
    super((given, where) => {
      const fields = recordOf(given, where);
      if (isStrict) {
        const unknown = Object.keys(fields).find((name) => !Object.hasOwn(shape, name));
        if (unknown !== undefined) throw new Unreadable(`${where}/${unknown}`, "not known");
      }
      const read: Record<string, unknown> = {};
      for (const [name, schema] of Object.entries(shape)) {
        const value = schema.read(fields[name], `${where}/${name}`);
        if (value !== undefined || Object.hasOwn(fields, name)) read[name] = value;
      }
      return read;
    });
    this.shape = shape;
    this.isStrict = isStrict;
  }

  strict(): ObjectSchema {
    return new ObjectSchema(this.shape, true);
  }
  extend(more: Shape): ObjectSchema {
    return new ObjectSchema({ ...this.shape, ...more }, this.isStrict);
  }
  pick(names: Record<string, true>): ObjectSchema {
    return this.filtered((name) => Object.hasOwn(names, name));
  }
  omit(names: Record<string, true>): ObjectSchema {
    return this.filtered((name) => !Object.hasOwn(names, name));
  }
  partial(): ObjectSchema {
    const entries = Object.entries(this.shape).map(([name, schema]) => [name, schema.optional()] as const);
    return new ObjectSchema(Object.fromEntries(entries), this.isStrict);
  }

  private filtered(isKept: (name: string) => boolean): ObjectSchema {
    return new ObjectSchema(
      Object.fromEntries(Object.entries(this.shape).filter(([name]) => isKept(name))),
      this.isStrict,
    );
  }
}

class EnumSchema extends Schema {
  readonly options: readonly string[];

  constructor(options: readonly string[]) {
    super((given, where) => {
      if (typeof given !== "string" || !options.includes(given))
        throw new Unreadable(where, "not one of the known");
      return given;
    });
    this.options = options;
  }

  exclude(others: readonly string[]): EnumSchema {
    return new EnumSchema(this.options.filter((option) => !others.includes(option)));
  }
}

function recordOf(given: unknown, where: string): Record<string, unknown> {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new Unreadable(where, "not an object");
  return given as Record<string, unknown>; // an object that is no list has names and values
}

function ofType(type: "string" | "number" | "boolean"): Schema {
  return new Schema((given, where) => {
    if (typeof given !== type || Number.isNaN(given)) throw new Unreadable(where, `not a ${type}`);
    return given;
  });
}

function array(item: Schema): Schema {
  return new Schema((given, where) => {
    if (!Array.isArray(given)) throw new Unreadable(where, "not a list");
    return given.map((one, place) => item.read(one, `${where}/${place}`));
  });
}

function tuple(items: readonly Schema[]): Schema {
  return new Schema((given, where) => {
    if (!Array.isArray(given) || given.length !== items.length)
      throw new Unreadable(where, `not ${items.length} items`);
    return items.map((item, place) => item.read(given[place], `${where}/${place}`));
  });
}

function literal(value: unknown): Schema {
  return new Schema((given, where) => {
    if (given !== value) throw new Unreadable(where, `not ${String(value)}`);
    return given;
  });
}

/** The first that reads it. What tells them apart (`kind`) is one of the things that are read. */
function union(options: readonly Schema[]): Schema {
  return new Schema((given, where) => {
    for (const option of options) {
      const parsed = option.safeParse(given);
      if (parsed.success) return parsed.data;
    }
    throw new Unreadable(where, "none of the known shapes");
  });
}

function record(key: Schema, value: Schema): Schema {
  return new Schema((given, where) =>
    Object.fromEntries(
      Object.entries(recordOf(given, where)).map(([name, one]) => [
        key.read(name, `${where}/${name}`),
        value.read(one, `${where}/${name}`),
      ]),
    ),
  );
}

const anything = () => new Schema((given) => given);
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Whether a day is one of the calendar: the 30th of February is none. */
function isOnCalendar(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export const z = {
  string: () => ofType("string"),
  number: () => ofType("number"),
  boolean: () => ofType("boolean"),
  int: () => ofType("number").int(),
  literal,
  enum: (options: readonly string[]) => new EnumSchema(options),
  object: (shape: Shape) => new ObjectSchema(shape),
  strictObject: (shape: Shape) => new ObjectSchema(shape, true),
  array,
  tuple,
  union,
  discriminatedUnion: (_by: string, options: readonly Schema[]) => union(options),
  record,
  unknown: anything,
  undefined: () => literal(undefined),
  preprocess: (change: (given: unknown) => unknown, schema: Schema) =>
    new Schema((given, where) => schema.read(change(given), where)),
  url: () => ofType("string").refine((text: string) => URL.canParse(text)),
  email: () => ofType("string").regex(/^[^@\s]+@[^@\s]+$/),
  stringbool: () => anything(),
  coerce: { number: () => new Schema((given) => Number(given)) },
  iso: {
    datetime: () => ofType("string").regex(DATE_TIME),
    date: () =>
      ofType("string")
        .regex(/^\d{4}-\d\d-\d\d$/)
        .refine(isOnCalendar),
  },
};
