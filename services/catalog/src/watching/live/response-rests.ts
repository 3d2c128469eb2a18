import type { ChangeEncoder, ResponseRest } from '../encoding/change-encoder.ts'
import type { Place } from '../places/place.ts'
import type { ResumeTokens } from '../places/resume-token.ts'
import type { SettledMoments } from '../places/settled-moments.ts'
import type { WatchFilter } from '../places/watch-filter.ts'

export type ResponseRests = {
	/** What a response has beside its changes, at a place of the streams with a filter. */
	at(filter: WatchFilter, place: Place): Buffer
	/** The same for the response that ends the initial state. */
	endOfState(filter: WatchFilter, place: Place): Buffer
}

export type ResponseRestsNeeds = { tokens: ResumeTokens; settled: SettledMoments; encoder: ChangeEncoder }

// An entry gets its id just before its time. A transaction that draws the next id may be committed in between.
const idBeforeTimeMs = 1_000

export function createResponseRests({ tokens, settled, encoder }: ResponseRestsNeeds): ResponseRests {
	function asOfMs({ productsOnly }: WatchFilter, place: Place): number | undefined {
		if (place.state !== undefined || place.quantitiesTo !== undefined) return undefined
		const productsMs = productsToldTo(place)
		return productsOnly || productsMs === undefined ? productsMs : Math.min(productsMs, place.stockAt)
	}

	function productsToldTo({ position, identity }: Place): number | undefined {
		const moment = settled.latest()
		if (position >= moment.position) return moment.atMs
		// What is committed later than an entry was written has a later position.
		return identity === undefined ? undefined : Math.floor(identity.atUs / 1000) - idBeforeTimeMs
	}

	function restAt(filter: WatchFilter, place: Place): ResponseRest {
		return {
			resumeToken: tokens.encode(filter, place, settled.latest().logId),
			position: place.position,
			asOfMs: asOfMs(filter, place),
		}
	}

	return {
		at: (filter, place) => encoder.rest(restAt(filter, place)),
		endOfState: (filter, place) => encoder.rest({ ...restAt(filter, place), initialStateComplete: true }),
	}
}
