import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { Refused } from "../../platform/api.ts";
import { useCity } from "../city/city.ts";
import { askForCode, signInWithCode } from "./queries.ts";

type Wrong = "phone" | "code" | "too-many" | "not-here" | "unreachable";

/**
 * A number, then the code that comes to it. The code may be typed with spaces, pasted or filled in
 * by the telephone; one that came before stays good when another is asked for.
 */
export function SignInByPhone({ onSignedIn }: { onSignedIn?: () => void }) {
  const queries = useQueryClient();
  const [phone, setPhone] = useState("");
  const [sentTo, setSentTo] = useState<string>();
  const [wrong, setWrong] = useState<Wrong>();
  const [isBusy, setIsBusy] = useState(false);

  async function attempt(work: () => Promise<void>) {
    setWrong(undefined);
    setIsBusy(true);
    try {
      await work();
    } catch (error) {
      setWrong(wrongOf(error));
    } finally {
      setIsBusy(false);
    }
  }
  const ask = () =>
    attempt(async () => {
      await askForCode(phone);
      setSentTo(phone);
    });
  const answer = (code: string) =>
    attempt(async () => {
      await signInWithCode(queries, phone, code);
      onSignedIn?.();
    });

  return (
    <div className="sign-in">
      {sentTo === undefined ? (
        <NumberForm phone={phone} onChange={setPhone} isBusy={isBusy} onSubmit={ask} />
      ) : (
        <CodeForm
          phone={sentTo}
          isBusy={isBusy}
          onSubmit={answer}
          onAgain={ask}
          onOther={() => setSentTo(undefined)}
        />
      )}
      <p className="sign-in-wrong" role="alert">
        {wrong && <WrongWords wrong={wrong} />}
      </p>
    </div>
  );
}

interface NumberFormProps {
  phone: string;
  onChange: (phone: string) => void;
  isBusy: boolean;
  onSubmit: () => Promise<void>;
}

function NumberForm({ phone, onChange, isBusy, onSubmit }: NumberFormProps) {
  const { t } = useLingui();
  const id = useId();
  function submit(event: FormEvent) {
    event.preventDefault();
    if (phone.trim() !== "") void onSubmit();
  }
  return (
    <form className="sign-in-form" onSubmit={submit} noValidate>
      <label htmlFor={id}>
        <Trans>Your mobile number</Trans>
      </label>
      <input
        id={id}
        className="text-input"
        type="tel"
        name="tel"
        autoComplete="tel"
        inputMode="tel"
        placeholder={t`98765 43210`}
        value={phone}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p className="quiet caption">
        <Trans>
          We send a code to it. It is used for nothing else and shown to nobody but the place that expects
          you.
        </Trans>
      </p>
      <button type="submit" className="button" disabled={isBusy}>
        <Trans>Send me a code</Trans>
      </button>
    </form>
  );
}

interface CodeFormProps {
  phone: string;
  isBusy: boolean;
  onSubmit: (code: string) => Promise<void>;
  onAgain: () => Promise<void>;
  onOther: () => void;
}

function CodeForm({ phone, isBusy, onSubmit, onAgain, onOther }: CodeFormProps) {
  const city = useCity();
  const id = useId();
  const [code, setCode] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (code.trim() !== "") void onSubmit(code);
  }
  return (
    <form className="sign-in-form" onSubmit={submit} noValidate>
      <label htmlFor={id}>
        <Trans>The code sent to {phone}</Trans>
      </label>
      <input
        ref={input}
        id={id}
        className="text-input code-input"
        type="text"
        name="one-time-code"
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={20}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      {city.data?.isDemonstration && (
        <p className="quiet caption">
          <Trans>
            This is a demonstration: no message is sent, the code is printed where the server was started.
          </Trans>
        </p>
      )}
      <button type="submit" className="button" disabled={isBusy}>
        <Trans>Sign in</Trans>
      </button>
      <div className="sign-in-others">
        <button type="button" className="link-button" onClick={() => void onAgain()} disabled={isBusy}>
          <Trans>Send another code</Trans>
        </button>
        <button type="button" className="link-button" onClick={onOther}>
          <Trans>Another number</Trans>
        </button>
      </div>
    </form>
  );
}

function wrongOf(error: unknown): Wrong {
  if (!(error instanceof Refused)) return "unreachable";
  if (error.status === 400) return "phone";
  if (error.status === 401) return "code";
  if (error.status === 429) return "too-many";
  return error.status === 503 ? "not-here" : "unreachable";
}

function WrongWords({ wrong }: { wrong: Wrong }) {
  switch (wrong) {
    case "phone":
      return <Trans>This is not a mobile number that a message can be sent to.</Trans>;
    case "code":
      return <Trans>The code is not right, or is older than 15 minutes.</Trans>;
    case "too-many":
      return <Trans>Too many tries. Wait a little, then try again.</Trans>;
    case "not-here":
      return <Trans>This city does not send messages yet. Call the place instead.</Trans>;
    case "unreachable":
      return <Trans>We could not reach the server. Try again.</Trans>;
  }
}
