/** What other features need of ambulances: the list of those near, and to have it on the phone. */
export { AmbulancesNear } from "./AmbulancesNear.tsx";
