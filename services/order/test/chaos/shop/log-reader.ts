import { setTimeout as sleep } from 'node:timers/promises'
import { type OpenStream, openStream } from '../../events/open-stream.ts'

/** An event as a reader got it. `text` is the event as it came, byte by byte. */
export type SeenEvent = { position: number; text: string }

export type ReaderOptions = {
	/** The next way to read. */
	way(): 'page' | 'stream'
	/** The service to ask next, for a page or for a stream. */
	url(way: 'page' | 'stream'): string
	token: string
	/** The events of a page. */
	limit(): number
}

export type LogReader = AsyncDisposable & {
	/** All events, in the order in which they came. */
	readonly seen: SeenEvent[]
	/** The position that the reader would go on from. */
	readonly position: number
	/** Whether a stream is open that has brought events. */
	isStreaming(): boolean
	/** Destroys the socket of the stream. */
	cut(): void
}

const pageTimeoutMs = 5_000
const drainMs = 5
// A reader that changes reads a stream this long.
const streamMs = 400
const retryMs = 50

/** Reads the log from its beginning until it is disposed of. After a failure it goes on from the position that it has. */
export function startLogReader({ way, url, token, limit }: ReaderOptions): LogReader {
	const closing = new AbortController()
	const seen: SeenEvent[] = []
	let position = 0
	let stream: { open: OpenStream; events: number } | undefined

	async function readPage(): Promise<void> {
		const response = await fetch(`${url('page')}/v1/events?after=${position}&limit=${limit()}`, {
			headers: { authorization: `Bearer ${token}` },
			signal: AbortSignal.timeout(pageTimeoutMs),
		})
		const text = await response.text()
		// Without the log something is wrong that no repetition mends.
		if (response.status < 500 && !response.ok) throw new LogReaderError(`${response.status} ${text}`)
		if (!response.ok) throw new Error(text)
		const { events, next } = readPageText(text)
		seen.push(...events)
		position = next
		if (events.length === 0) await sleep(retryMs)
	}

	async function readStream(): Promise<void> {
		const open = await openStream(url('stream'), '', { token, headers: { 'last-event-id': String(position) } })
		stream = { open, events: 0 }
		const until = performance.now() + streamMs * (1 + Math.random())
		try {
			if (open.status !== 200) throw new Error(`${open.status}`)
			while (!closing.signal.aborted) {
				const isOver = open.ended() !== undefined || (performance.now() > until && way() === 'page')
				// A reader has what came before the end of its stream.
				for (const { id, data } of open.frames.splice(0)) {
					if (data !== undefined) {
						seen.push({ position: Number(id), text: data })
						stream.events++
					}
					if (id !== undefined) position = Number(id)
				}
				if (isOver) return
				await sleep(drainMs)
			}
		} finally {
			open[Symbol.dispose]()
			stream = undefined
		}
	}

	async function run(): Promise<void> {
		while (!closing.signal.aborted) {
			await (way() === 'page' ? readPage() : readStream()).catch((error: unknown) => {
				if (error instanceof LogReaderError) throw error
				return sleep(retryMs)
			})
		}
	}
	const running = run()
	running.catch(() => {})

	return {
		seen,
		get position() {
			return position
		},
		isStreaming: () => (stream?.events ?? 0) > 0 && stream?.open.ended() === undefined,
		cut: () => stream?.open[Symbol.dispose](),
		async [Symbol.asyncDispose]() {
			closing.abort()
			await running
		},
	}
}

class LogReaderError extends Error {
	override name = 'LogReaderError'
}

/** The events of a page, as they came. */
function readPageText(text: string): { events: SeenEvent[]; next: number } {
	const [, list = '', next] = /^\{"events":\[(.*)\],"next":"(\d+)","caughtUp":(?:true|false)\}$/.exec(text) ?? []
	const parts = list.split(/(?:^|,)\{"position":"(\d+)","event":/).slice(1)
	const events = Array.from({ length: parts.length / 2 }, (_, index) => ({
		position: Number(parts[2 * index]),
		text: parts[2 * index + 1]?.slice(0, -1) ?? '',
	}))
	return { events, next: Number(next) }
}
