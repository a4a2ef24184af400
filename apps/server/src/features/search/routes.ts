import { findSpecialties, search } from "@ihims/core/search/endpoints.ts";
import { readersOfVocabulary } from "@ihims/core/search/readers.ts";
import { SpecialtyFinder } from "@ihims/core/search/specialties.ts";
import { Answer } from "../../platform/answer.ts";
import { languageFor, type Server } from "../../platform/http.ts";
import { versionOfMemory, type CareMemory } from "../care/care.ts";
import type { NameKeeper } from "./names.ts";
import { answerSearch } from "./search.ts";
import type { ShelfMemory } from "./stock-need.ts";

/** What `mountSearch` needs of the city. */
interface Memory extends CareMemory, ShelfMemory {
  names: NameKeeper;
}

export function mountSearch(server: Server, memory: Memory): void {
  const version = versionOfMemory(memory);
  server.on(findSpecialties, (_, { query }, incoming) =>
    new SpecialtyFinder(readersOfVocabulary()).find(
      query.complaint,
      languageFor(query, incoming),
      query.limit,
    ),
  );

  server.on(
    search,
    async (ctx, { query }, incoming) => {
      const readers = readersOfVocabulary();
      const lang = languageFor(query, incoming);
      return Answer.json(await answerSearch(ctx, { ...memory, readers }, query, lang));
    },
    () => version() + memory.shelves.version,
  );
}
