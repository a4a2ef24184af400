import { Button, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import {
  beginSecondStep,
  confirmSecondStep,
  endSecondStep,
  getSecondStep,
} from "@ihims/core/people/account.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call } from "../../platform/api.ts";

const STEP_KEY = ["second-step"];

/** A code of an authenticator beside the password: whether, and the way there and back. */
export function SecondStep() {
  const formats = useFormats();
  const queries = useQueryClient();
  const step = useQuery({ queryKey: STEP_KEY, queryFn: ({ signal }) => call(getSecondStep, {}, { signal }) });
  const begin = useMutation({ mutationFn: () => call(beginSecondStep) });
  const confirm = useMutation({
    mutationFn: (code: string) => call(confirmSecondStep, { body: { code } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: STEP_KEY }),
  });
  const end = useMutation({
    mutationFn: (code: string) => call(endSecondStep, { body: { code } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: STEP_KEY }),
  });
  const left = formats.number(step.data?.recoveryCodesLeft ?? 0);
  return (
    <section className="account-part" aria-labelledby="second-step">
      <h2 id="second-step">
        <Trans>A code beside the password</Trans>
      </h2>
      {confirm.data && <RecoveryCodes codes={confirm.data.recoveryCodes} />}
      {step.data?.isOn ? (
        <>
          <p>
            <Trans>On. Recovery codes left: {left}</Trans>
          </p>
          <CodeForm doing={end} what={<Trans>Switch off</Trans>} />
        </>
      ) : begin.data ? (
        <>
          <p>
            <Trans>
              Open the link on the phone with your authenticator, or type the key into it. Then enter the six
              digits that it shows.
            </Trans>
          </p>
          <p>
            <a href={begin.data.link}>
              <Trans>Open in the authenticator</Trans>
            </a>
          </p>
          <p className="second-step-secret">{begin.data.secret.match(/.{1,4}/g)?.join(" ")}</p>
          <CodeForm doing={confirm} what={<Trans>Switch on</Trans>} />
        </>
      ) : (
        <>
          <p>
            <Trans>
              With it a password that somebody has seen opens nothing. You need an authenticator app on your
              phone.
            </Trans>
          </p>
          <Button loading={begin.isPending} onClick={() => begin.mutate()} className="second-step-begin">
            <Trans>Set it up</Trans>
          </Button>
        </>
      )}
      {begin.isError && (
        <p className="member-failed" role="alert">
          <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
        </p>
      )}
    </section>
  );
}

interface Doing {
  isPending: boolean;
  isError: boolean;
  mutate(code: string): void;
}

function CodeForm({ doing, what }: { doing: Doing; what: ReactNode }) {
  const { t } = useLingui();
  const [code, setCode] = useState("");
  return (
    <form
      className="invite-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        doing.mutate(code);
        setCode("");
      }}
    >
      <TextInput
        label={t`Code`}
        autoComplete="one-time-code"
        inputMode="text"
        required
        minLength={6}
        maxLength={20}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={doing.isError && t`The code is not right, or was used before`}
      />
      <Button type="submit" loading={doing.isPending}>
        {what}
      </Button>
    </form>
  );
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <div role="status">
      <p>
        <Trans>
          Write these down now: each signs you in once when the phone is lost. They are not shown again.
        </Trans>
      </p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </div>
  );
}
