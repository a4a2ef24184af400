import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import type { FacilityId } from "@ihims/core/ids.ts";
import { SECOND_MS } from "@ihims/core/time.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";
import type { Reported } from "./BloodGrid.tsx";
import { useRetract } from "./queries.ts";
import { groupText } from "./words.ts";

const UNDO_MS = 10 * SECOND_MS;

/** For ten seconds what was typed last can be taken back. */
export function UndoReport({
  facility,
  last,
  onDone,
}: {
  facility: FacilityId;
  last: Reported | undefined;
  onDone: () => void;
}) {
  const { i18n } = useLingui();
  const retract = useRetract(facility);
  const observation = last?.observation;
  useEffect(() => {
    if (observation === undefined) return;
    const timer = setTimeout(onDone, UNDO_MS);
    return () => clearTimeout(timer);
  }, [observation, onDone]);
  const what = last && `${groupText(last.group)} ${i18n._(BLOOD_COMPONENT_WORDS[last.component])}`;
  const count = last?.units;
  return (
    <div className="blood-undo">
      <p role="status" className="blood-quiet">
        {last && (
          <Trans>
            {what}: {count}, told to everybody
          </Trans>
        )}
      </p>
      {last && (
        <Button
          variant="default"
          size="sm"
          loading={retract.isPending}
          onClick={() => retract.mutate([last.observation], { onSuccess: onDone })}
        >
          <Trans>Undo</Trans>
        </Button>
      )}
    </div>
  );
}
