import type { ProblemCode } from '@mercat/rest-api/problem-table'

/** The problems of each route that asks the catalog. */
export const catalogProblems: ProblemCode[] = ['CATALOG_ERROR', 'CATALOG_UNAVAILABLE', 'CATALOG_TIMEOUT']
