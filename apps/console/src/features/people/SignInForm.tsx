import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type FormEvent, type KeyboardEvent, type MouseEvent } from "react";
import type { Session } from "@ihims/core/people/schema.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { Refused } from "../../platform/api.ts";
import { signInAs } from "./people.ts";
import "./sign-in.css";

interface Props {
  /** The address to begin with, when somebody signs in again. */
  email?: string;
  onSignedIn(session: Session): void;
}

type Wrong =
  | { kind: "pair" | "code-wanted" | "code-wrong" }
  | { kind: "too-many"; minutes: number }
  | { kind: "unreachable" };

/** E-mail and password. What is wrong is said in words, next to where it is wrong. */
export function SignInForm({ email: known = "", onSignedIn }: Props) {
  const client = useQueryClient();
  const { t } = useLingui();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const [wasTried, setWasTried] = useState(false);
  const [wrong, setWrong] = useState<Wrong>();
  const [isBusy, setIsBusy] = useState(false);
  const caps = useCapsLock();
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);

  const emailError =
    email.trim() === ""
      ? t`Enter your e-mail address`
      : isEmail(email)
        ? null
        : t`Enter an e-mail address as name@hospital.example`;
  const passwordError = password === "" ? t`Enter your password` : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setWasTried(true);
    setWrong(undefined);
    if (emailError) return emailInput.current?.focus();
    if (passwordError) return passwordInput.current?.focus();
    setIsBusy(true);
    try {
      onSignedIn(await signInAs(client, email.trim(), password, code.trim()));
    } catch (error) {
      const now = wrongOf(error);
      setWrong(now);
      if (now.kind === "code-wanted" || now.kind === "code-wrong") setNeedsCode(true);
      else passwordInput.current?.select();
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <form className="sign-in-form" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{wrong && <WrongWords wrong={wrong} />}</div>
      <TextInput
        ref={emailInput}
        label={t`E-mail`}
        type="email"
        name="email"
        autoComplete="username"
        autoFocus={known === ""}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={wasTried && emailError}
      />
      <PasswordInput
        ref={passwordInput}
        label={t`Password`}
        name="password"
        autoComplete="current-password"
        autoFocus={known !== ""}
        data-autofocus={known !== "" || undefined}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        description={caps.isOn ? t`Caps lock is on` : undefined}
        inputWrapperOrder={["label", "input", "description", "error"]}
        error={wasTried && passwordError}
        visibilityToggleButtonProps={{ "aria-label": t`Show the password`, tabIndex: 0 }}
        {...caps.listen}
      />
      {needsCode && (
        <TextInput
          label={t`Code of your authenticator, or a recovery code`}
          name="code"
          autoComplete="one-time-code"
          autoFocus
          maxLength={20}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <Button type="submit" loading={isBusy} fullWidth>
        <Trans>Sign in</Trans>
      </Button>
    </form>
  );
}

function WrongWords({ wrong }: { wrong: Wrong }) {
  const formats = useFormats();
  const minutes = wrong.kind === "too-many" ? formats.number(wrong.minutes) : "";
  return (
    <Alert color="civic" variant="light" className="amber">
      {wrong.kind === "pair" && (
        <Trans>The e-mail or the password is not right. Check both and try again.</Trans>
      )}
      {wrong.kind === "code-wanted" && <Trans>Enter the code as well.</Trans>}
      {wrong.kind === "code-wrong" && <Trans>The code is not right, or was used before.</Trans>}
      {wrong.kind === "too-many" && <Trans>Too many attempts. Try again in {minutes} min.</Trans>}
      {wrong.kind === "unreachable" && (
        <Trans>We could not reach the server. What you typed is kept; try again.</Trans>
      )}
    </Alert>
  );
}

function wrongOf(error: unknown): Wrong {
  if (error instanceof Refused && error.kind === "too-many-requests")
    return { kind: "too-many", minutes: Math.max(1, Math.ceil((error.retryAfterS ?? 60) / 60)) };
  const reason = error instanceof Refused ? error.details?.reason : undefined;
  if (reason === "code-wanted" || reason === "code-wrong") return { kind: reason };
  // An address that is not even one, and one that nobody has, are answered alike.
  if (error instanceof Refused && error.status < 500) return { kind: "pair" };
  return { kind: "unreachable" };
}

function isEmail(text: string): boolean {
  return /^\S+@\S+\.\S+$/.test(text.trim());
}

/** Whether caps lock is on, as far as the browser tells with a key or a click in the field. */
function useCapsLock() {
  const [isOn, setIsOn] = useState(false);
  const look = (event: KeyboardEvent | MouseEvent) => setIsOn(event.getModifierState("CapsLock"));
  return { isOn, listen: { onKeyDown: look, onKeyUp: look, onClick: look, onBlur: () => setIsOn(false) } };
}
