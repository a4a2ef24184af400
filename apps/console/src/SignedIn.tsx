import { Frame } from "./features/frame/Frame.tsx";
import { SignInAgain } from "./features/people/SignInAgain.tsx";

/** What somebody who is signed in sees: the frame with its screen, and the way back in when the session ends. */
export function SignedIn() {
  return (
    <>
      <Frame />
      <SignInAgain />
    </>
  );
}
