import { checkRestVariables, type RestConfig, restConfig, restVariables } from '@mercat/rest-service/rest-variables'
import { splitList } from '@mercat/rest-service/variable-lists'
import { checkServiceVariables, type ServiceConfig, serviceConfig, serviceVariables } from '@mercat/service/config'
import { checkReplica, type ReplicaConfig, replicaConfig, replicaVariables } from '@mercat/service/replica-config'
import { flag, integer, port, readVariables, text, textLike, type Variables } from '@mercat/service/variables'
import { isStrongSecret } from './variable-forms.ts'

export type OrderConfig = ServiceConfig &
	ReplicaConfig &
	RestConfig & {
		port: number
		catalogAddress: string
		/** The token for calls to the catalog. Without it the service signs tokens with the shared secret. */
		catalogToken?: string
		paymentWindowMs: number
		/** Unpaid orders of one customer. 0 means no limit. */
		maxUnpaidOrders: number
		/** The URLs that receive events. */
		webhooks: string[]
		/** The key that signs events. Set when there are webhooks. */
		webhookSecret?: string
		/** How long events and the record of their deliveries are kept. */
		eventsRetentionMs: number
		/** Streams that one process serves at a time. 0 means no streams. */
		maxStreams: number
		/** Whether webhooks that are made over the API may lead to private and loopback addresses. */
		allowPrivateWebhooks: boolean
		/** The keys that encrypt the secrets of webhooks. The first encrypts, each decrypts. Without any, the API makes no webhook. */
		secretsKeys: string[]
		/** Whether the service serves the console at `/console/`. */
		console: boolean
		/** Where browsers reach the REST API of the market service, without a slash at the end. */
		marketUrl?: string
	}

const webhookUrls = /^\s*https?:\/\/[^\s,@]+([\s,]+https?:\/\/[^\s,@]+)*\s*$/
const marketUrl = /^\s*https?:\/\/([\w.-]+|\[[\da-fA-F:.]+\])(:\d{1,5})?(\/[^\s?#,;]*)?\s*$/
const dayMs = 86_400_000
const smallestKeyBytes = 32

const specs = {
	...serviceVariables,
	...replicaVariables,
	...restVariables,
	PORT: port({ default: 8080 }),
	CATALOG_ADDRESS: text(),
	CATALOG_TOKEN: text({ default: undefined }),
	PAYMENT_WINDOW_S: integer(1, 72_000)({ default: 900 }),
	MAX_UNPAID_ORDERS: integer(0)({ default: 100 }),
	WEBHOOK_URLS: textLike(webhookUrls, 'http: or https: URLs without passwords, between commas')({ default: undefined }),
	WEBHOOK_SECRET: text({ default: undefined }),
	EVENTS_RETENTION_DAYS: integer(1, 3_650)({ default: 30 }),
	MAX_STREAMS: integer(0, 100_000)({ default: 500 }),
	WEBHOOK_ALLOW_PRIVATE: flag({ default: false }),
	SECRETS_KEY: text({ default: undefined }),
	CONSOLE: flag({ default: false }),
	MARKET_URL: textLike(
		marketUrl,
		'an http: or https: URL without a user, a query or a fragment',
	)({ default: undefined }),
}

/** The names of the variables that the service reads. */
export const orderVariables = Object.keys(specs)

/** @throws ConfigError */
export function readOrderConfig(env: NodeJS.ProcessEnv): OrderConfig {
	const variables = readVariables(specs, env, check)
	return {
		...serviceConfig(variables),
		...replicaConfig(variables),
		...restConfig(variables),
		port: variables.PORT,
		catalogAddress: variables.CATALOG_ADDRESS,
		catalogToken: variables.CATALOG_TOKEN,
		paymentWindowMs: variables.PAYMENT_WINDOW_S * 1000,
		maxUnpaidOrders: variables.MAX_UNPAID_ORDERS,
		webhooks: [...new Set(splitList(variables.WEBHOOK_URLS))],
		webhookSecret: variables.WEBHOOK_SECRET,
		eventsRetentionMs: variables.EVENTS_RETENTION_DAYS * dayMs,
		maxStreams: variables.MAX_STREAMS,
		allowPrivateWebhooks: variables.WEBHOOK_ALLOW_PRIVATE,
		secretsKeys: splitList(variables.SECRETS_KEY),
		console: variables.CONSOLE,
		marketUrl: variables.MARKET_URL?.trim().replace(/\/+$/, ''),
	}
}

function check(variables: Partial<Variables<typeof specs>>): string[] {
	const problems = [...checkServiceVariables(variables), ...checkReplica(variables), ...checkRestVariables(variables)]
	if (variables.JWT_JWKS_URL !== undefined && variables.CATALOG_TOKEN === undefined) {
		problems.push('CATALOG_TOKEN is required with JWT_JWKS_URL')
	}
	if (variables.WEBHOOK_URLS !== undefined && variables.WEBHOOK_SECRET === undefined) {
		problems.push('WEBHOOK_SECRET is required with WEBHOOK_URLS')
	}
	if (variables.WEBHOOK_SECRET !== undefined && !isStrongSecret(variables.WEBHOOK_SECRET)) {
		problems.push('WEBHOOK_SECRET must be whsec_ and the base64 of at least 24 bytes, or a text of at least 24 bytes')
	}
	if (splitList(variables.SECRETS_KEY).some((key) => Buffer.byteLength(key) < smallestKeyBytes)) {
		problems.push(`SECRETS_KEY must be a list of keys of at least ${smallestKeyBytes} bytes`)
	}
	return problems
}
