import { useLingui } from "@lingui/react/macro";
import { BedType } from "@ihims/core/beds/schema.ts";
import { nameOf } from "@ihims/core/care/words.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import {
  Choice,
  Chosen,
  KindChoice,
  OpenNowChoice,
  RadiusChoice,
  SchemeChoice,
  SpecialtyChoice,
} from "../../platform/choices.tsx";
import type { Filters } from "./filters.ts";

interface Props {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** What is looked for, as chips. Each change is in the address at once. */
export function FilterBar({ filters, onChange }: Props) {
  const { t, i18n } = useLingui();
  const { language } = useFormats();
  const { kind, bed, isOpenNow, radius, specialty, service, scheme } = filters;
  return (
    <div className="filters" role="group" aria-label={t`Filters`}>
      <KindChoice value={kind} onChange={(next) => onChange({ ...filters, kind: next })} />
      <Choice
        label={t`Free bed`}
        value={bed ?? ""}
        onChange={(value) => onChange({ ...filters, bed: BedType.safeParse(value).data ?? null })}
      >
        <option value="">{t`Any bed`}</option>
        {BedType.options.map((type) => {
          const name = i18n._(BED_WORDS[type]);
          return (
            <option key={type} value={type}>
              {t`${name} bed free`}
            </option>
          );
        })}
      </Choice>
      <OpenNowChoice value={isOpenNow} onChange={(next) => onChange({ ...filters, isOpenNow: next })} />
      {service && (
        <Chosen
          name={nameOf("service", service, language)}
          onRemove={() => onChange({ ...filters, service: null })}
        />
      )}
      <SpecialtyChoice value={specialty} onChange={(next) => onChange({ ...filters, specialty: next })} />
      <SchemeChoice value={scheme} onChange={(next) => onChange({ ...filters, scheme: next })} />
      <RadiusChoice value={radius} onChange={(next) => onChange({ ...filters, radius: next })} />
    </div>
  );
}
