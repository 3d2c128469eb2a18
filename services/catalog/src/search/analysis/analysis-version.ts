/** Rises whenever products or queries get other tokens than before: the service then builds its index anew. */
export const analysisVersion = 1
