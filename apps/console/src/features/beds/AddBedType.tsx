import { Button, NativeSelect } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useLingui as useCatalogue } from "@lingui/react";
import { useState } from "react";
import { BedType } from "@ihims/core/beds/schema.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";

/** A row for a bed type that the board does not have yet. It is kept with its first report. */
export function AddBedType({ present, onAdd }: { present: readonly BedType[]; onAdd(type: BedType): void }) {
  const { t } = useLingui();
  const { i18n } = useCatalogue();
  const missing = BedType.options.filter((type) => !present.includes(type));
  const [chosen, setChosen] = useState("");
  const type = BedType.safeParse(chosen);
  if (missing.length === 0) return null;
  return (
    <form
      className="add-type"
      onSubmit={(event) => {
        event.preventDefault();
        if (!type.success || !missing.includes(type.data)) return;
        onAdd(type.data);
        setChosen("");
      }}
    >
      <NativeSelect
        label={t`Add a bed type`}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={[
          { value: "", label: t`Choose…` },
          ...missing.map((one) => ({ value: one, label: i18n._(BED_WORDS[one]) })),
        ]}
      />
      <Button type="submit" variant="default" disabled={!type.success}>
        <Trans>Add</Trans>
      </Button>
    </form>
  );
}
