import { getMedicine, listEquivalents, listMedicines } from "@ihims/core/medicines/endpoints.ts";
import { languageFor, type Server } from "../../platform/http.ts";
import { equivalentsPage, medicineRecord, searchMedicines } from "./list.ts";
import type { MedicineBoard } from "./medicine-board.ts";

export function mountMedicines(server: Server, board: MedicineBoard): void {
  server.on(listMedicines, (ctx, { query }, incoming) =>
    searchMedicines(ctx, board, query, languageFor(query, incoming)),
  );

  server.on(getMedicine, (ctx, { params, query }, incoming) =>
    medicineRecord(ctx, board, params.id, languageFor(query, incoming)),
  );

  server.on(listEquivalents, (ctx, { params, query }, incoming) =>
    equivalentsPage(ctx, params.id, query, languageFor(query, incoming)),
  );
}
