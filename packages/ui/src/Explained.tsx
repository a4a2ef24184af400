import { useLingui } from "@lingui/react";
import { useId, useState } from "react";
import type { BedType } from "@ihims/core/beds/schema.ts";
import { BED_EXPLANATIONS, BED_WORDS } from "./words/beds.ts";

/** The name of a kind of bed, which opens what it means. */
export function ExplainedBedType({ type }: { type: BedType }) {
  const { i18n } = useLingui();
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className="ui-explained"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        {i18n._(BED_WORDS[type])}
      </button>
      <p id={id} className="ui-explanation" hidden={!isOpen}>
        {i18n._(BED_EXPLANATIONS[type])}
      </p>
    </>
  );
}
