/** What other features need of doctors: who is on duty at a place. */
export { DoctorsOfFacility } from "./DoctorsOfFacility.tsx";
