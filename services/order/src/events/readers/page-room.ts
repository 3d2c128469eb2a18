/** The bytes of a page that is read or written. */
export type PageShare = {
	/** What the page may have, and what it has once it is read. */
	bytes: number
}

export type PageRoomOptions = {
	/** What pages that are not taken yet should have together. */
	mostBytes?: number
}

export type PageRoom = {
	/** A share for one more page. It counts until `isGone` is true. */
	take(isGone: () => boolean): PageShare
}

const mostPageBytes = 2_000_000
// A page of one event may have more.
const leastPageBytes = 64_000
const defaultMostBytes = 32_000_000

/**
 * Bounds the memory that pages take. When many readers do not take their pages, later pages become smaller, down to a few
 * events, so that such readers keep no other reader from the log.
 */
export function createPageRoom({ mostBytes = defaultMostBytes }: PageRoomOptions = {}): PageRoom {
	const pages = new Map<PageShare, () => boolean>()
	return {
		take(isGone) {
			let taken = 0
			for (const [page, isPageGone] of pages) {
				if (isPageGone()) pages.delete(page)
				else taken += page.bytes
			}
			const share = { bytes: Math.max(leastPageBytes, Math.min(mostPageBytes, (mostBytes - taken) / 2)) }
			pages.set(share, isGone)
			return share
		},
	}
}
