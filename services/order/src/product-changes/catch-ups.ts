import type { OpenWatch } from '../catalog/watching/watch.ts'
import { type CatchUp, type CatchUpReader, type CatchUpShare, createCatchUp } from './catch-up.ts'

export type CatchUpsNeeds = { openWatch: OpenWatch; onFault(error: unknown): void }

export type CatchUps = {
	/** Catches up from a token, together with other readers that have the same one. */
	join(token: string, reader: CatchUpReader): CatchUpShare
}

const mostAtOnce = 4

/** After a restart all readers come back at once, most of them with the same few tokens. Other tokens wait for their turn. */
export function createCatchUps({ openWatch, onFault }: CatchUpsNeeds): CatchUps {
	const byToken = new Map<string, CatchUp>()
	const waiting = new Set<CatchUp>()
	const started = new Set<CatchUp>()

	function startNext(): void {
		for (const catchUp of waiting) {
			if (started.size >= mostAtOnce) return
			waiting.delete(catchUp)
			started.add(catchUp)
			catchUp.start()
		}
	}

	function begin(token: string): CatchUp {
		const catchUp = createCatchUp({ openWatch, onFault, onLeft }, token)
		function onLeft(): void {
			if (byToken.get(token) === catchUp) byToken.delete(token)
			waiting.delete(catchUp)
			started.delete(catchUp)
			startNext()
		}
		byToken.set(token, catchUp)
		waiting.add(catchUp)
		return catchUp
	}

	return {
		join(token, reader) {
			const share = byToken.get(token)?.join(reader) ?? (begin(token).join(reader) as CatchUpShare)
			startNext()
			return share
		},
	}
}
