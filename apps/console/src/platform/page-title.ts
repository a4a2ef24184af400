import { useEffect } from "react";

/** The title of the window, with ours behind it: tabs are told apart by their beginning. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · IHIMS`;
  }, [title]);
}
