import { checkRestVariables, type RestConfig, restConfig, restVariables } from '@mercat/rest-service/rest-variables'
import { checkServiceVariables, type ServiceConfig, serviceConfig, serviceVariables } from '@mercat/service/config'
import { checkServerTls } from '@mercat/service/grpc-tls'
import { port, readVariables, text, textLike, type Variables } from '@mercat/service/variables'
import { readSourcesFile } from './settings/read-sources-file.ts'
import { defaultRetention, type Retention, readRetention } from './settings/retention.ts'
import type { SourceSettings } from './settings/source-settings.ts'

export type MarketConfig = ServiceConfig &
	RestConfig & {
		port: number
		grpcPort: number
		catalogAddress: string
		/** The token for calls to the catalog. Without it the service signs tokens with the shared secret. */
		catalogToken?: string
		/** The URL of the order service, whose orders are counted as sales. Without it no sales are counted. */
		orderAddress?: string
		/** The token for the log of events. Without it the service signs tokens with the shared secret. */
		eventsToken?: string
		sources: readonly SourceSettings[]
		retention: Retention
	}

const specs = {
	...serviceVariables,
	...restVariables,
	MARKET_PORT: port({ default: 8_090 }),
	MARKET_GRPC_PORT: port({ default: 50_052 }),
	CATALOG_ADDRESS: text(),
	CATALOG_TOKEN: text({ default: undefined }),
	ORDER_ADDRESS: textLike(
		/^https?:\/\/[^\s@/?#]+\/?$/,
		'an http: or https: URL without a path and without a password',
	)({ default: undefined }),
	EVENTS_TOKEN: text({ default: undefined }),
	MARKET_SOURCES: text({ default: undefined }),
	MARKET_RETENTION: text({ default: undefined }),
}

/** The names of the variables that the service reads. */
export const marketVariables = Object.keys(specs)

// Late ticks correct the bars of a second, and these the larger ones.
const correctionMs = 3_600_000

/** @throws ConfigError */
export function readMarketConfig(env: NodeJS.ProcessEnv): MarketConfig {
	let sources: readonly SourceSettings[] = []
	let retention = defaultRetention

	function check(variables: Partial<Variables<typeof specs>>): string[] {
		const problems = [
			...checkServiceVariables(variables),
			...checkRestVariables(variables),
			...checkServerTls(variables),
		]
		if (variables.JWT_JWKS_URL !== undefined && variables.CATALOG_TOKEN === undefined) {
			problems.push('CATALOG_TOKEN is required with JWT_JWKS_URL')
		}
		const needsEventsToken = variables.ORDER_ADDRESS !== undefined && variables.EVENTS_TOKEN === undefined
		if (variables.JWT_JWKS_URL !== undefined && needsEventsToken) {
			problems.push('EVENTS_TOKEN is required with JWT_JWKS_URL and ORDER_ADDRESS')
		}
		const kept = readRetention(variables.MARKET_RETENTION)
		if ('fault' in kept) problems.push(`MARKET_RETENTION ${kept.fault}`)
		else retention = kept.retention
		if (variables.MARKET_SOURCES !== undefined) {
			const read = readSourcesFile(variables.MARKET_SOURCES, env)
			if ('faults' in read) problems.push(...read.faults.map((fault) => `MARKET_SOURCES ${fault}`))
			else sources = read.sources
		}
		for (const { name, maxAgeS } of sources) {
			if (maxAgeS * 1_000 + correctionMs > retention['1s'])
				problems.push(`MARKET_RETENTION must keep 1s for at least an hour longer than maxAgeS of the source ${name}`)
		}
		return problems
	}

	const variables = readVariables(specs, env, check)
	return {
		...serviceConfig(variables),
		...restConfig(variables),
		port: variables.MARKET_PORT,
		grpcPort: variables.MARKET_GRPC_PORT,
		catalogAddress: variables.CATALOG_ADDRESS,
		catalogToken: variables.CATALOG_TOKEN,
		orderAddress: variables.ORDER_ADDRESS,
		eventsToken: variables.EVENTS_TOKEN,
		sources,
		retention,
	}
}
