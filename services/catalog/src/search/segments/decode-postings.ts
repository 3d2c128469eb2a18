import { DamagedIndexError } from './damaged-index-error.ts'
import type { Postings } from './postings.ts'
import { mostPlaces, type PostingsPart } from './postings-bytes.ts'

const lastPlace = 4_095 * 8 + 7

/**
 * Reads all entries.
 *
 * @throws DamagedIndexError when they are not exactly what the head says
 */
export function decodePostings({
	docs: count,
	places: placeCount,
	firstDoc,
	lastDoc,
	entries,
}: PostingsPart): Postings {
	const docs = new Uint32Array(count)
	const inFields = new Uint8Array(count)
	const starts = new Uint32Array(count + 1)
	const places = new Uint16Array(placeCount)
	const { length } = entries
	let at = 0
	let doc = firstDoc
	let placesRead = 0
	// Bytes after the end are read as 0. The checks at the end and of each doc find it.
	for (let index = 0; index < count; index++) {
		let code = entries[at++] as number
		if (code > 127) {
			code &= 127
			for (let shift = 7, byte = 128; byte > 127 && shift < 35; shift += 7) {
				byte = entries[at++] as number
				code |= (byte & 127) << shift
			}
		}
		const distance = code >>> 1
		if ((distance === 0) !== (index === 0)) throw new DamagedIndexError('docs do not ascend')
		doc += distance
		docs[index] = doc
		let left = 1
		if ((code & 1) === 0) left = entries[at++] as number
		if (!(left <= mostPlaces)) throw new DamagedIndexError('a doc has too many places')
		let place = 0
		let bits = 0
		for (let first = true; left > 0; left--, first = false) {
			let step = entries[at++] as number
			if (step > 127) {
				step &= 127
				for (let shift = 7, byte = 128; byte > 127 && shift < 21; shift += 7) {
					byte = entries[at++] as number
					step |= (byte & 127) << shift
				}
			}
			if (step === 0 && !first) throw new DamagedIndexError('places do not ascend')
			place += step
			bits |= 1 << (place & 7)
			places[placesRead++] = place
		}
		if (!(place <= lastPlace) || at > length) throw new DamagedIndexError('a place is too large')
		inFields[index] = bits
		starts[index + 1] = placesRead
	}
	if (at !== length || placesRead !== placeCount || doc !== lastDoc)
		throw new DamagedIndexError('the entries do not fit the head')
	return { docs, inFields, starts, places }
}
