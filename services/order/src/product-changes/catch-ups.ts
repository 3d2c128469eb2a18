import { type CatchUp, type CatchUpNeeds, type CatchUpReader, type CatchUpShare, createCatchUp } from './catch-up.ts'

export type CatchUpsNeeds = Pick<CatchUpNeeds, 'openWatch' | 'onFault' | 'hasArrived'>

export type CatchUps = {
	/** Catches up from a token, together with other readers that have the same one. */
	join(token: string, reader: CatchUpReader): CatchUpShare
}

const mostAtOnce = 4

/** After a restart all readers come back at once, most of them with the same few tokens. Other tokens wait for their turn. */
export function createCatchUps(needs: CatchUpsNeeds): CatchUps {
	const byToken = new Map<string, CatchUp>()
	const waiting = new Set<CatchUp>()
	const onTheirWay = new Set<CatchUp>()

	function startNext(): void {
		for (const catchUp of waiting) {
			if (onTheirWay.size >= mostAtOnce) return
			waiting.delete(catchUp)
			onTheirWay.add(catchUp)
			catchUp.start()
		}
	}

	function begin(token: string): CatchUp {
		const catchUp = createCatchUp({ ...needs, onArrived, onLeft }, token)
		function onArrived(): void {
			onTheirWay.delete(catchUp)
			startNext()
		}
		function onLeft(): void {
			if (byToken.get(token) === catchUp) byToken.delete(token)
			waiting.delete(catchUp)
			onArrived()
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
