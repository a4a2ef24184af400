import { Language, languageOf } from "@ihims/core/languages.ts";
import { findSpecialties } from "@ihims/core/search/endpoints.ts";
import { SpecialtyFinder } from "@ihims/core/search/specialties.ts";
import type { Server } from "../../platform/http.ts";

export function mountSearch(server: Server): void {
  // Built with the first question, so that the start does not wait for it.
  let finder: SpecialtyFinder | undefined;

  server.on(findSpecialties, (_, { query }, { headers }) => {
    finder ??= new SpecialtyFinder();
    const wanted = Language.safeParse(query.lang?.slice(0, 2).toLowerCase());
    const lang = wanted.success ? wanted.data : languageOf(headers.get("accept-language") ?? undefined);
    return finder.find(query.complaint, lang, query.limit);
  });
}
