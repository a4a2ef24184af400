/** What other features need of people: who is signed in, and the way to sign in by telephone. */
export { SignInByPhone } from "./SignInByPhone.tsx";
export { useSession } from "./queries.ts";
