import type { SegmentDoc } from '../../src/search/segments/encode-segment.ts'
import { doc } from '../search/index/index-in.ts'

export const commonTokens = ['all', 'kind0', 'kind1', 'kind2']

/** A doc whose tokens follow from its number. */
export function tokensOfDoc(number: number): SegmentDoc {
	return doc(number, { all: [number % 50], [`kind${number % 3}`]: [0], [`#sku${number}`]: [3] })
}
