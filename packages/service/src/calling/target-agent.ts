import type { Agent } from 'undici'
import { createTargetLookup, nextAddressAfterMs, type TargetLookupNeeds } from './target-lookup.ts'

export { TargetRefusedError } from './target-lookup.ts'

/** Makes requests, as undici has them. */
export type TargetAgent = Agent

export type TargetAgentNeeds = TargetLookupNeeds

export type TargetAgentOptions = {
	/** For one connection, TLS included. */
	connectTimeoutMs: number
}

const mostHeaderBytes = 16_384

/** Opens connections to the URLs of others, and keeps them for later requests. The addresses are checked when connecting. */
export async function openTargetAgent(
	needs: TargetAgentNeeds,
	{ connectTimeoutMs }: TargetAgentOptions,
): Promise<TargetAgent> {
	// The library takes a tenth of a second and 28 MB, so it is loaded by the first request.
	const { Agent, buildConnector } = await import('undici')
	const { lookup, refusalOf } = createTargetLookup(needs)
	const connectTo = buildConnector({
		// A broken answer ends its connection. With HTTP/2 it would be one that other requests share.
		allowH2: false,
		timeout: connectTimeoutMs,
		// Makes Node ask `lookup` for all addresses.
		autoSelectFamily: true,
		autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
		lookup,
	})

	return new Agent({
		allowH2: false,
		maxHeaderSize: mostHeaderBytes,
		// Each request brings its own limits.
		headersTimeout: 0,
		bodyTimeout: 0,
		connect(target, callback) {
			const refusal = refusalOf(target.hostname)
			if (refusal === undefined) return connectTo(target, callback)
			callback(refusal, null)
		},
	})
}
