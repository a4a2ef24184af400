import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { FacilityId, ObservationId } from "@ihims/core/ids.ts";
import { reportObservations } from "@ihims/core/observations/endpoints.ts";
import type { ShelfLine } from "@ihims/core/stock/endpoints.ts";
import { QUANTITY_MAX_PACKS } from "@ihims/core/stock/schema.ts";
import { call, newRequestKey } from "../../platform/api.ts";
import { serverNow } from "../../platform/clock.ts";

/** A number that was typed over. */
export interface Typed {
  name: string;
  before: number;
  after: number;
  /** The report, to take it back by. */
  observation: ObservationId;
}

/** How many packs there are; typed over and sent with Enter, or when it is left. */
export function QuantityCell({
  facility,
  line,
  onChanged,
}: {
  facility: FacilityId;
  line: ShelfLine;
  onChanged: (typed: Typed | undefined) => void;
}) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<string>();
  const { name } = line;
  const report = useMutation({
    mutationFn: ({ after }: { before: number; after: number }) =>
      call(
        reportObservations,
        { body: { observations: [observationOf(facility, line, after)] } },
        { idempotencyKey: newRequestKey() },
      ),
    onSuccess({ rejected, results }, { before, after }) {
      if (rejected > 0) return;
      const [result] = results;
      const observation = result && "observation" in result ? result.observation : undefined;
      setTyped(undefined);
      onChanged(observation && { name, before, after, observation });
    },
  });
  const send = () => {
    // Enter has sent it already when the field is left.
    if (report.isPending) return;
    const quantity = Number(typed);
    if (typed === undefined || typed.trim() === "" || !isPacks(quantity) || quantity === line.quantity)
      return setTyped(undefined);
    report.mutate({ before: line.quantity, after: quantity });
  };
  const isRefused = report.isError || (report.data?.rejected ?? 0) > 0;
  return (
    <>
      <input
        className="shelf-quantity"
        inputMode="numeric"
        aria-label={t`Packs of ${name}`}
        aria-invalid={typed !== undefined && !isPacks(Number(typed))}
        value={typed ?? String(line.quantity)}
        readOnly={report.isPending}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={send}
        onKeyDown={(event) => {
          if (event.key === "Enter") send();
          if (event.key === "Escape") setTyped(undefined);
        }}
      />
      {line.held > 0 && (
        <span className="shelf-held">
          <Plural value={line.held} one="# kept" other="# kept" />
        </span>
      )}
      {isRefused && (
        <span role="alert" className="shelf-refused">
          <Trans>not sent, try again</Trans>
        </span>
      )}
    </>
  );
}

function isPacks(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 0 && quantity <= QUANTITY_MAX_PACKS;
}

function observationOf(facility: FacilityId, line: ShelfLine, quantity: number) {
  const { medicine, priceMinor, expiresOn, lot } = line;
  return {
    facility,
    subject: `medicine:${medicine}`,
    value: {
      quantity,
      ...(priceMinor === undefined ? {} : { priceMinor }),
      ...(expiresOn === undefined ? {} : { expiresOn }),
      ...(lot === undefined ? {} : { lot }),
    },
    observedAt: serverNow(),
  };
}
