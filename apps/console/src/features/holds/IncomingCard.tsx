import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconPhone } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import type { Hold, HoldKind } from "@ihims/core/holds/schema.ts";
import { elapsedMs } from "@ihims/core/time.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { Refused } from "../../platform/api.ts";
import { useAnswer } from "./queries.ts";
import { askedThing, HOLD_STATE_WORDS, REASONS } from "./words.ts";

/** One who is on the way: what is asked, until when, whom to call, and the answers. */
export function IncomingCard({ hold }: { hold: Hold }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const answer = useAnswer(hold.facility, hold.id);
  const [isRefusing, setIsRefusing] = useState(false);
  const left = formats.minutes(Math.max(0, elapsedMs(now, hold.until)) / 1000);
  const until = formats.time(hold.until);
  const asked = formats.ago(hold.requestedAt, now);
  return (
    <article className="incoming-card" data-state={hold.state}>
      <div className="incoming-head">
        <h2>{askedThing({ i18n, language: formats.language }, hold)}</h2>
        <span className="incoming-code">{hold.code}</span>
      </div>
      {hold.medicine && <p className="incoming-facts">{hold.medicine.generics}</p>}
      <p className="incoming-facts">
        {i18n._(HOLD_STATE_WORDS[hold.state])}
        {hold.officer && <span> · {hold.officer.name}</span>}
      </p>
      <p className="incoming-facts">
        <Trans>
          Asked {asked}, kept until {until} ({left} left)
        </Trans>
      </p>
      <p className="incoming-facts">
        {hold.onBehalfOf ? <Trans>For a hospital's patient</Trans> : <Trans>For a person</Trans>}
        {hold.phone && (
          <a className="incoming-phone" href={`tel:${hold.phone}`}>
            <IconPhone size={18} stroke={1.75} aria-hidden="true" />
            {hold.phone}
          </a>
        )}
      </p>
      {isRefusing ? (
        <RefuseForm
          kind={hold.kind}
          isBusy={answer.isPending}
          onRefuse={(reason) => answer.mutate({ kind: "refuse", reason })}
          onBack={() => setIsRefusing(false)}
        />
      ) : (
        <div className="incoming-answers">
          {hold.state === "requested" && (
            <Button onClick={() => answer.mutate({ kind: "accept" })} loading={answer.isPending}>
              <Trans>Accept</Trans>
            </Button>
          )}
          <Button
            variant={hold.state === "accepted" ? "filled" : "default"}
            onClick={() => answer.mutate({ kind: "fulfil" })}
            disabled={answer.isPending}
          >
            <Trans>Has arrived</Trans>
          </Button>
          <Button variant="default" onClick={() => setIsRefusing(true)} disabled={answer.isPending}>
            <Trans>Refuse</Trans>
          </Button>
        </div>
      )}
      <p className="incoming-failed" role="alert">
        {answer.error &&
          (answer.error instanceof Refused ? (
            <Trans>It could not be answered: it may be over already.</Trans>
          ) : (
            <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
          ))}
      </p>
    </article>
  );
}

interface RefuseFormProps {
  kind: HoldKind;
  isBusy: boolean;
  onRefuse: (reason: string) => void;
  onBack: () => void;
}

/** Why not: one of the usual reasons, or another in words. */
function RefuseForm({ kind, isBusy, onRefuse, onBack }: RefuseFormProps) {
  const { i18n, t } = useLingui();
  const reasons = REASONS[kind].map((reason) => i18n._(reason));
  const [chosen, setChosen] = useState(reasons[0] ?? "");
  const [other, setOther] = useState("");
  const reason = chosen === "" ? other.trim() : chosen;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (reason !== "") onRefuse(reason);
  }
  return (
    <form className="incoming-refuse" onSubmit={submit}>
      <NativeSelect
        label={t`Why not?`}
        description={t`Who asked reads this.`}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={[
          ...reasons.map((one) => ({ value: one, label: one })),
          { value: "", label: t`Another reason` },
        ]}
      />
      {chosen === "" && (
        <TextInput
          label={t`The reason, without names`}
          maxLength={200}
          value={other}
          onChange={(event) => setOther(event.currentTarget.value)}
        />
      )}
      <div className="incoming-answers">
        <Button type="submit" loading={isBusy} disabled={reason === ""}>
          <Trans>Refuse</Trans>
        </Button>
        <Button variant="default" onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
      </div>
    </form>
  );
}
