import { Trans } from "@lingui/react/macro";
import { IconCheck, IconShare } from "@tabler/icons-react";
import { useState } from "react";

/** Hand the place's address on: by the device's own sheet, otherwise by copying. */
export function ShareButton({ name }: { name: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const share = async () => {
    const url = location.origin + location.pathname;
    try {
      if ("share" in navigator) await navigator.share({ title: name, url });
      else {
        await (navigator as Clipboarding).clipboard.writeText(url);
        setIsCopied(true);
      }
    } catch {
      // The reader closed the sheet, or the browser forbids copying: the address is still in its bar.
    }
  };
  return (
    <button type="button" className="button-wide" onClick={() => void share()}>
      {isCopied ? (
        <IconCheck stroke={1.75} size={20} aria-hidden="true" />
      ) : (
        <IconShare stroke={1.75} size={20} aria-hidden="true" />
      )}
      <span role="status">{isCopied ? <Trans>Link copied</Trans> : <Trans>Share this place</Trans>}</span>
    </button>
  );
}

/** TypeScript takes `navigator` for nothing once `share` is known to be missing. */
type Clipboarding = { clipboard: Clipboard };
