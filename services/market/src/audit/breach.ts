/** A breach of an invariant: the subject that breaks it, and the finding. */
export type Breach = { subject: string; finding: string }

/** An audit does not look for more. */
export const mostBreaches = 10_000
