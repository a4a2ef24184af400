import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import { isOpenState, type Hold } from "@ihims/core/holds/schema.ts";
import { elapsedMs } from "@ihims/core/time.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useHref } from "../../platform/address.ts";
import { nameIn } from "../city/city.ts";
import { PlaceActions } from "../facilities/facilities.ts";
import { useCancelHold } from "./queries.ts";
import { BRING_WORDS, heldThing, HOLD_STATE_WORDS } from "./words.ts";

/** Something that is kept for me: what to say, how long it is kept, how to get there, and how to give it back. */
export function HoldCard({ hold, isHere = false }: { hold: Hold; isHere?: boolean }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const href = useHref();
  const now = useNow();
  const left = elapsedMs(now, hold.until);
  const state = isOpenState(hold.state) && left <= 0 ? "expired" : hold.state;
  const { name } = nameIn(formats.language, hold.place);
  return (
    <article className="hold" data-state={state}>
      <header className="hold-head">
        <p className="hold-thing">{heldThing({ i18n, language: formats.language }, hold)}</p>
        <p className="hold-state">{i18n._(HOLD_STATE_WORDS[state])}</p>
      </header>
      {!isHere && (
        <Link className="line" href={href(`/facilities/${hold.facility}`)}>
          {name}
        </Link>
      )}
      {hold.reason && <p className="quiet">{hold.reason}</p>}
      {isOpenState(state) ? (
        <OpenHold hold={hold} leftMs={left} isHere={isHere} name={name} />
      ) : (
        <p className="quiet caption">{formats.moment(hold.endedAt ?? hold.requestedAt, now)}</p>
      )}
    </article>
  );
}

interface OpenHoldProps {
  hold: Hold;
  leftMs: number;
  isHere: boolean;
  name: string;
}

function OpenHold({ hold, leftMs, isHere, name }: OpenHoldProps) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const cancel = useCancelHold();
  const { code, place } = hold;
  const until = formats.time(hold.until);
  const left = formats.minutes(leftMs / 1000);
  return (
    <>
      <p className="hold-until">
        <Trans>
          Until {until}, {left} left
        </Trans>
      </p>
      <p className="hold-code">
        <Trans>
          Say <strong>{code}</strong> at the desk
        </Trans>
      </p>
      <p className="quiet">
        {hold.state === "requested" ? (
          <Trans>The place has not answered yet. Call if you are about to leave.</Trans>
        ) : (
          i18n._(BRING_WORDS[hold.kind])
        )}
      </p>
      {!isHere && (
        <PlaceActions
          place={{ name: place.name, position: place.position, phones: [], emergencyPhone: place.phone }}
          name={name}
          isWide
        />
      )}
      <button
        type="button"
        className="button-wide"
        disabled={cancel.isPending}
        onClick={() => cancel.mutate(hold.id)}
      >
        <Trans>I do not need it any more</Trans>
      </button>
      <p className="sign-in-wrong" role="alert">
        {cancel.isError && <Trans>We could not reach the server. Try again.</Trans>}
      </p>
    </>
  );
}
