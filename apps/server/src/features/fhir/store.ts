import { sql } from "kysely";
import { Ground } from "@ihims/core/city/schema.ts";
import type { Db } from "../../platform/database.ts";
import { instantOf, type Instant } from "@ihims/core/time.ts";
import type { GroundEdition } from "./directory.ts";

/** The ground of the city as it was laid last, and when; before the first there is none, since the beginning of time. */
export async function findGroundEdition(db: Db): Promise<GroundEdition> {
  const { rows } = await sql<{ version: number; at: string; ground: unknown }>`
    select version, at, page -> 'ground' as ground from page_version
    where kind = 'ground' order by version desc limit 1
  `.execute(db);
  const [row] = rows;
  if (!row)
    return { version: 1, updatedAt: instantOf(0), ground: { type: "FeatureCollection", features: [] } };
  return { version: row.version, updatedAt: instantOf(new Date(row.at)), ground: Ground.parse(row.ground) };
}

/** A page that resources are made of. */
export type PageKind = "facility" | "doctor" | "ground";

/** One version of a page, and the one before it. No page: it was deleted, or was not there before. */
export interface PageVersion {
  kind: PageKind;
  id: string;
  version: number;
  at: Instant;
  page: object | null;
  before: object | null;
}

/** The place of a version among all, newest first. */
export type VersionPlace = readonly [at: string, kind: string, id: string, version: number];

interface VersionRow {
  kind: PageKind;
  page_id: string;
  version: number;
  at: string;
  page: object | null;
  before: object | null;
}

/** Versions of pages, newest first, after a place. */
export async function findPageVersions(
  db: Db,
  wanted: {
    kinds: readonly PageKind[];
    id?: string | undefined;
    version?: number | undefined;
    since?: Instant | undefined;
    after?: VersionPlace | undefined;
    limit: number;
  },
): Promise<PageVersion[]> {
  const { kinds, id, version, since, after, limit } = wanted;
  const { rows } = await sql<VersionRow>`
    select v.kind, v.page_id, v.version, v.at, v.page, (
      select b.page from page_version b
      where b.kind = v.kind and b.page_id = v.page_id and b.version < v.version order by b.version desc limit 1
    ) as before
    from page_version v
    where v.kind = any(${kinds}::text[])
      and ${id === undefined ? sql`true` : sql`v.page_id = ${id}`}
      and ${version === undefined ? sql`true` : sql`v.version = ${version}`}
      and ${since === undefined ? sql`true` : sql`v.at >= ${since}::timestamptz`}
      and ${after ? sql`(v.at, v.kind, v.page_id, v.version) < (${after[0]}::timestamptz, ${after[1]}, ${after[2]}, ${after[3]})` : sql`true`}
    order by v.at desc, v.kind desc, v.page_id desc, v.version desc limit ${limit}
  `.execute(db);
  return rows.map(({ page_id, at, ...row }) => ({ ...row, id: page_id, at: instantOf(new Date(at)) }));
}

/** Forget versions that are older than a moment, all but the newest of each page. */
export async function forgetPageVersionsBefore(db: Db, moment: Instant): Promise<void> {
  await sql`
    delete from page_version v where at < ${moment}::timestamptz and exists (
      select from page_version n where n.kind = v.kind and n.page_id = v.page_id and n.version > v.version)
  `.execute(db);
}
