import type { Status } from '@mercat/order-api/status-schemas'

export type StatusFeedNeeds = {
	/** Begins to take statuses. The first result has no rates. */
	beginToTake(): () => Promise<Status>
	log: { error(facts: object, message: string): void }
}

export type StatusFeedOptions = {
	intervalMs?: number
	/** How long statuses are taken after the last reader has left. */
	idleMs?: number
}

/** The statuses of this process as JSON, one each second while somebody reads. */
export type StatusFeed = {
	/** The status of this second, or else the next one. */
	current(): Promise<string>
	/** The statuses of the last two minutes, as far as any were taken. The oldest is first. */
	recent(): string[]
	/** Calls `onStatus` with each new status until the function that it returns is called. */
	follow(onStatus: (text: string) => void): () => void
}

const recentMs = 120_000
const defaultIntervalMs = 1_000
const defaultIdleMs = 60_000

/** Each status is taken and written as JSON once, for all readers. */
export function createStatusFeed(
	{ beginToTake, log }: StatusFeedNeeds,
	{ intervalMs = defaultIntervalMs, idleMs = defaultIdleMs }: StatusFeedOptions = {},
): StatusFeed & Disposable {
	const followers = new Set<(text: string) => void>()
	let waiting = Promise.withResolvers<string>()
	let recorded: { text: string; at: number }[] = []
	let take: (() => Promise<Status>) | undefined
	let timer: ReturnType<typeof setTimeout> | undefined
	let readAt = Number.NEGATIVE_INFINITY

	function begin(): void {
		readAt = performance.now()
		if (take !== undefined) return
		take = beginToTake()
		void tick(take)
	}

	async function tick(taking: () => Promise<Status>): Promise<void> {
		const startedAt = performance.now()
		try {
			publish(JSON.stringify(await taking()))
		} catch (err) {
			log.error({ err }, 'a status could not be taken')
		}
		if (take !== taking) return
		if (followers.size > 0) readAt = performance.now()
		if (performance.now() - readAt >= idleMs) take = undefined
		else timer = setTimeout(tick, Math.max(0, startedAt + intervalMs - performance.now()), taking).unref()
	}

	function publish(text: string): void {
		const at = performance.now()
		recorded = [...recorded.filter((status) => at - status.at < recentMs), { text, at }]
		waiting.resolve(text)
		waiting = Promise.withResolvers()
		for (const onStatus of followers) onStatus(text)
	}

	return {
		async current() {
			begin()
			const last = recorded.at(-1)
			const isFresh = last !== undefined && performance.now() - last.at < 1.5 * intervalMs
			return isFresh ? last.text : waiting.promise
		},
		recent() {
			const now = performance.now()
			return recorded.filter(({ at }) => now - at < recentMs).map(({ text }) => text)
		},
		follow(onStatus) {
			followers.add(onStatus)
			begin()
			return () => void followers.delete(onStatus)
		},
		[Symbol.dispose]() {
			take = undefined
			clearTimeout(timer)
			followers.clear()
		},
	}
}
