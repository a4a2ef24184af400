import type { FeedCredentials } from "@ihims/core/feeds/schema.ts";
import { FetchFailed, type Delivery, type Fetching } from "./delivery.ts";
import { fetchFhir } from "./fhir-source.ts";
import { fetchFolder } from "./folder-source.ts";
import { Guard, type FeedSettings } from "./guard.ts";
import { fetchHttp } from "./http-source.ts";
import { fetchSftp } from "./sftp-source.ts";
import { fetchSql } from "./sql-source.ts";
import type { FeedRow } from "./store.ts";

/** What feeds are fetched with: the operator's settings, and who guards them. */
export interface FeedEngine {
  guard: Guard;
  folder: string | undefined;
}

export function feedEngine(settings: FeedSettings): FeedEngine {
  return { guard: new Guard(settings), folder: settings.folder };
}

/**
 * Ask a source for what it has, piece by piece.
 *
 * @throws FetchFailed in words for the feed's owner
 */
export async function* fetchDeliveries(
  engine: FeedEngine,
  { source }: Pick<FeedRow, "source">,
  credentials: () => Promise<FeedCredentials>,
  fetching: Fetching,
): AsyncGenerator<Delivery | "unchanged"> {
  const { guard } = engine;
  switch (source.kind) {
    case "http":
      yield await fetchHttp(source, await credentials(), { ...fetching, guard });
      return;
    case "fhir":
      yield await fetchFhir(source, await credentials(), { ...fetching, guard });
      return;
    case "sql":
      yield await fetchSql(source, await credentials(), { ...fetching, guard });
      return;
    case "sftp":
      yield* fetchSftp(source, await credentials(), { ...fetching, guard });
      return;
    case "folder":
      yield* fetchFolder(source, engine.folder, fetching);
      return;
    case "push":
      throw new FetchFailed("nothing is fetched by this feed: it is pushed to", { isFinal: true });
  }
}
