import { setTimeout as sleep } from 'node:timers/promises'
import { type ServiceError, status } from '@grpc/grpc-js'
import { callUnary, type Rpc } from '@mercat/catalog-api/client'
import { errorDetails, isConnectionBroken } from '@mercat/catalog-api/errors'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { FinishFeedRunRequest } from '@mercat/catalog-api/messages/FinishFeedRunRequest'
import type { RetireAction } from '@mercat/catalog-api/messages/RetireAction'
import { backoffMs } from '@mercat/service/backoff'
import { isServiceError } from '../../catalog/call-error.ts'
import type { CatalogConnection } from '../../catalog/catalog-connection.ts'

export type BegunRun = {
	runNumber: number
	validators: { etag: string; lastModified: string; settingsDigest: string } | undefined
	/** The open holds of the source. */
	heldPrices: number
}

/** The calls about the runs of feeds. All throw the ServiceError of the call. */
export type FeedRunsClient = {
	/** Fails when the catalog cannot be reached, or refuses the token. */
	check(): Promise<void>
	begin(feed: string, maxPriceChangePercent: number): Promise<BegunRun | { leaseEndsInMs: number }>
	renew(feed: string, runNumber: number): Promise<void>
	/** The skus of a source, in pages. */
	sourceSkus(source: string): AsyncGenerator<string[]>
	/** The skus that were changed. */
	retire(feed: string, runNumber: number, skus: string[], action: RetireAction): Promise<string[]>
	finish(request: FinishFeedRunRequest): Promise<void>
}

const timeoutMs = 10_000
const mostAttempts = 4
const firstBackoffMs = 100
const largestBackoffMs = 1_000
const skusPerPage = 5_000
const passing = [status.UNAVAILABLE, status.CANCELLED, status.DEADLINE_EXCEEDED, status.RESOURCE_EXHAUSTED]

/** @param nextToken returns the token for the next call */
export function createFeedRunsClient(connection: CatalogConnection, nextToken: () => string): FeedRunsClient {
	/** All of these calls may be repeated: a begun run whose answer was lost gives way when its lease ends. */
	async function call<Request, Response>(rpc: Rpc<Request, Response>, request: Request): Promise<Response> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await callUnary(connection.catalog, rpc, request, { timeoutMs, token: nextToken() })
			} catch (error) {
				if (attempt === mostAttempts || !isServiceError(error) || !mayPass(error)) throw error
				await sleep(backoffMs(attempt, firstBackoffMs, largestBackoffMs))
			}
		}
	}

	return {
		async check() {
			await call(catalogRpcs.ListFeeds, { pageSize: 1 })
		},
		async begin(feed, maxPriceChangePercent) {
			try {
				const answer = await call(catalogRpcs.BeginFeedRun, { feed, maxPriceChangePercent })
				const { runNumber, validators, heldPriceCount } = answer
				return { runNumber, validators: validators ?? undefined, heldPrices: heldPriceCount }
			} catch (error) {
				const { reason, metadata } = isServiceError(error) ? errorDetails(error) : {}
				if (reason !== 'FEED_RUN_ACTIVE') throw error
				return { leaseEndsInMs: Number(metadata?.['leaseEndsInMs'] ?? 0) }
			}
		},
		async renew(feed, runNumber) {
			await call(catalogRpcs.RenewFeedRun, { feed, runNumber })
		},
		async *sourceSkus(source) {
			let pageToken = ''
			do {
				const page = await call(catalogRpcs.ListSourceSkus, { source, pageSize: skusPerPage, pageToken })
				pageToken = page.nextPageToken
				if (page.skus.length > 0) yield page.skus
			} while (pageToken !== '')
		},
		async retire(feed, runNumber, skus, action) {
			return (await call(catalogRpcs.RetireProducts, { feed, runNumber, skus, action })).changedSkus
		},
		async finish(request) {
			await call(catalogRpcs.FinishFeedRun, request)
		},
	}
}

/** Whether the catalog has given the feed to another run. */
export function isRunEnded(error: unknown): boolean {
	return isServiceError(error) && errorDetails(error).reason === 'FEED_RUN_ENDED'
}

function mayPass(error: ServiceError): boolean {
	return passing.includes(error.code) || isConnectionBroken(error)
}
