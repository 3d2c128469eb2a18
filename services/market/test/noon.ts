/** The moment at which many tests take place. */
export const noon = Date.UTC(2026, 10, 30, 12)
