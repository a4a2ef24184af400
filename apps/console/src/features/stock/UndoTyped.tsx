import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { retractObservations } from "@ihims/core/observations/endpoints.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call, newRequestKey } from "../../platform/api.ts";
import type { Typed } from "./QuantityCell.tsx";

/** The number that was typed over last, to be taken back with one tap. */
export function UndoTyped({ typed, onUndone }: { typed: Typed; onUndone: () => void }) {
  const formats = useFormats();
  const { name, observation } = typed;
  const [before, after] = [formats.number(typed.before), formats.number(typed.after)];
  const undo = useMutation({
    mutationFn: () =>
      call(
        retractObservations,
        { body: { observations: [observation] } },
        { idempotencyKey: newRequestKey() },
      ),
    onSuccess: onUndone,
  });
  return (
    <div className="shelf-undo" role="status">
      <span>
        <Trans>
          {name}: {before} → {after}
        </Trans>
      </span>
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={18} stroke={1.75} aria-hidden="true" />}
        loading={undo.isPending}
        onClick={() => undo.mutate()}
      >
        <Trans>Undo</Trans>
      </Button>
      {undo.isError && (
        <span role="alert" className="shelf-refused">
          <Trans>It could not be taken back. Type the number that is right.</Trans>
        </span>
      )}
    </div>
  );
}
