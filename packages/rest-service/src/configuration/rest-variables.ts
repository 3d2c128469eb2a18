import { integer, text, type Variables } from '@mercat/service/variables'
import { isOriginList, readOrigins, splitList } from './variable-lists.ts'

/** The environment variables that every service with a REST API reads. */
export const restVariables = {
	REQUEST_BUDGET_MS: integer(100, 60_000)({ default: 2_000 }),
	RATE_LIMIT: integer(0)({ default: 1_200 }),
	TRUST_PROXY: text({ default: undefined }),
	CORS_ORIGINS: text({ default: undefined }),
}

type RestVariables = Variables<typeof restVariables>

/** Checks the variables of a REST API, and returns a message for each problem. */
export function checkRestVariables({ CORS_ORIGINS: origins }: Partial<RestVariables>): string[] {
	if (origins === undefined || isOriginList(origins)) return []
	return [
		'CORS_ORIGINS must be a list of origins such as https://shop.example or http://localhost:5173, without paths, between commas, or * for all',
	]
}

/** The configuration of every REST API. */
export type RestConfig = {
	requestBudgetMs: number
	/** Requests of one customer or address in a minute. 0 means no limit. */
	rateLimit: number
	/** Addresses of proxies whose forwarding headers count. */
	trustProxy: string[]
	/** The origins of web pages that may call, as browsers send them. `*` alone is every origin. */
	corsOrigins: string[]
}

export function restConfig(variables: RestVariables): RestConfig {
	return {
		requestBudgetMs: variables.REQUEST_BUDGET_MS,
		rateLimit: variables.RATE_LIMIT,
		trustProxy: splitList(variables.TRUST_PROXY),
		corsOrigins: readOrigins(variables.CORS_ORIGINS),
	}
}
