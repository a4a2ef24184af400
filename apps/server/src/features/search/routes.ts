import { Language, languageOf } from "@ihims/core/languages.ts";
import { findSpecialties } from "@ihims/core/search/endpoints.ts";
import { readersOfVocabulary } from "@ihims/core/search/readers.ts";
import { SpecialtyFinder } from "@ihims/core/search/specialties.ts";
import type { Incoming, Server } from "../../platform/http.ts";

export function mountSearch(server: Server): void {
  server.on(findSpecialties, (_, { query }, incoming) =>
    new SpecialtyFinder(readersOfVocabulary()).find(
      query.complaint,
      languageFor(query, incoming),
      query.limit,
    ),
  );
}

/** The language that is asked for by name, or else the best that the reader's browser names. */
export function languageFor({ lang }: { lang?: string | undefined }, { headers }: Incoming): Language {
  const wanted = Language.safeParse(lang?.slice(0, 2).toLowerCase());
  return wanted.success ? wanted.data : languageOf(headers.get("accept-language") ?? undefined);
}
