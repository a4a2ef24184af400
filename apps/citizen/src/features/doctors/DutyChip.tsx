import { useLingui } from "@lingui/react/macro";
import type { Duty } from "@ihims/core/doctors/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";

/** Whether somebody is there, until when, and when next: in words, never by colour alone. */
export function DutyChip({ duty }: { duty: Duty }) {
  const { t } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { state, mode, until, next } = duty;
  const ends = until === null ? null : formats.moment(until, now);
  const begins = next === null ? null : formats.moment(next, now);
  const words = () => {
    if (state === "unknown") return t`Times not known, call first`;
    if (state === "off-duty") return begins === null ? t`Not on duty` : t`Not on duty, next ${begins}`;
    if (mode === "on-call") return ends === null ? t`On call now` : t`On call until ${ends}`;
    return ends === null ? t`On duty now` : t`On duty until ${ends}`;
  };
  return (
    <span className="duty" data-state={state}>
      {words()}
    </span>
  );
}
