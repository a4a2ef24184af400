import { Trans, useLingui } from "@lingui/react/macro";
import type { DonorAsk } from "@ihims/core/donors/schema.ts";
import { elapsedMs } from "@ihims/core/time.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { Refused } from "../../platform/api.ts";
import { nameIn } from "../city/city.ts";
import { PlaceActions } from "../facilities/facilities.ts";
import { useAnswer } from "./queries.ts";

/** A bank that asks me to come, and my answer. */
export function DonorAskCard({ ask }: { ask: DonorAsk }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const answer = useAnswer(ask.call);
  const { name } = nameIn(formats.language, ask.place);
  const isOpen = ask.state === "open" && elapsedMs(now, ask.until) > 0;
  const until = formats.time(ask.until);
  const group = ask.group.replace("-", "−");
  const component = i18n._(BLOOD_COMPONENT_WORDS[ask.component]);
  return (
    <article className="card donor-ask" data-open={isOpen} aria-label={name}>
      <h2>
        <Trans>
          {name} needs {group}
        </Trans>
      </h2>
      <p className="quiet">
        {ask.answer === "coming" ? (
          <Trans>You said that you come. Bring an identity card, and eat before you go.</Trans>
        ) : ask.answer === "no" ? (
          <Trans>You said that you cannot come.</Trans>
        ) : isOpen ? (
          <Trans>
            For {component}, until {until}. The bank's doctor sees whether you can give.
          </Trans>
        ) : (
          <Trans>Nobody is needed any more. Thank you.</Trans>
        )}
      </p>
      {isOpen && ask.answer === null && (
        <div className="donor-answers">
          <button
            type="button"
            className="button"
            disabled={answer.isPending}
            onClick={() => answer.mutate("coming")}
          >
            <Trans>I come</Trans>
          </button>
          <button
            type="button"
            className="button-quiet"
            disabled={answer.isPending}
            onClick={() => answer.mutate("no")}
          >
            <Trans>I cannot come</Trans>
          </button>
        </div>
      )}
      {ask.answer === "coming" && (
        <PlaceActions
          place={{
            name: ask.place.name,
            position: ask.place.position,
            phones: [],
            emergencyPhone: ask.place.phone,
          }}
          name={name}
          isWide
        />
      )}
      <p className="sign-in-wrong" role="alert">
        {answer.error instanceof Refused && answer.error.reason === "not-needed" ? (
          <Trans>Nobody is needed any more. Thank you.</Trans>
        ) : (
          answer.isError && <Trans>We could not reach the server. Try again.</Trans>
        )}
      </p>
    </article>
  );
}
