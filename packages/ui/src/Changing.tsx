import { useEffect, useState } from "react";

/** A text that fades over when it changes, in its place: nothing around it moves. Plain with reduced motion. */
export function Changing({ text, className }: { text: string; className?: string }) {
  const [shown, setShown] = useState({ text, before: "" });
  if (shown.text !== text) setShown({ text, before: shown.text });
  const { before } = shown;
  useEffect(() => {
    if (before === "") return;
    const timer = setTimeout(
      () => setShown((now) => (now.before === before ? { ...now, before: "" } : now)),
      VANISHED_MS,
    );
    return () => clearTimeout(timer);
  }, [before]);
  return (
    <span className={`ui-changing ${className ?? ""}`}>
      {before !== "" && (
        <span key={`old ${before}`} className="ui-changing-old" aria-hidden="true">
          {before}
        </span>
      )}
      <span key={`new ${text}`} className={before === "" ? undefined : "ui-changing-new"}>
        {text}
      </span>
    </span>
  );
}

/** After this the old text is out of sight (see --motion), and leaves the page. */
const VANISHED_MS = 400;
