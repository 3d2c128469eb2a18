/** How long a process that is gone keeps a source, in SQL. */
export const sourceLease = "interval '10 seconds'"
