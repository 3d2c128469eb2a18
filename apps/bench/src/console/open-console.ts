import { openStream } from '../streams/open-stream.ts'

export type ConsoleOptions = {
	/** Of the order service: `http://HOST:PORT` */
	origin: string
	/** The value of the `authorization` header. */
	authorization: string
}

/** The answers that a console has got, and the requests that were answered otherwise than with 200. */
export type ConsoleReport = {
	statuses: number
	pages: number
	explanations: number
	failures: Record<string, number>
}

export type OpenConsole = Disposable & { report(): ConsoleReport }

const everyMs = 1_000
const pagesPerExplanation = 5

/**
 * Asks what an open console asks, without drawing anything: it reads the stream of the status, the newest page of orders
 * each second, and each five seconds the explanation of the newest order.
 *
 * @param before the report of the console that was open before; its counts go on
 */
export async function openConsole(
	{ origin, authorization }: ConsoleOptions,
	{ statuses, pages, explanations, failures }: ConsoleReport = noReport(),
): Promise<OpenConsole> {
	const stream = await openStream({ origin, authorization, path: '/v1/status/stream', reads: true })
	const report: ConsoleReport = { statuses, pages, explanations, failures: { ...failures } }
	const ending = new AbortController()

	async function ask(path: string): Promise<string | undefined> {
		const response = await fetch(`${origin}${path}`, { headers: { authorization }, signal: ending.signal })
		const text = await response.text()
		if (response.ok) return text
		const name = `${path.split('?')[0]} ${response.status}`
		report.failures[name] = (report.failures[name] ?? 0) + 1
		return undefined
	}

	async function refresh(): Promise<void> {
		const page = await ask('/v1/orders?pageSize=50')
		if (page === undefined) return
		report.pages++
		const [newest] = (JSON.parse(page) as { orders: { id: string }[] }).orders
		if (newest === undefined || report.pages % pagesPerExplanation !== 0) return
		if ((await ask(`/v1/explain?order=${newest.id}`)) !== undefined) report.explanations++
	}

	const onTime = () =>
		refresh().catch((error: Error) => {
			if (!ending.signal.aborted) report.failures[error.name] = (report.failures[error.name] ?? 0) + 1
		})
	const timer = setInterval(onTime, everyMs)
	void onTime()
	return {
		report: () => ({ ...report, statuses: statuses + stream.events() }),
		[Symbol.dispose]() {
			clearInterval(timer)
			ending.abort()
			stream[Symbol.dispose]()
		},
	}
}

export function noReport(): ConsoleReport {
	return { statuses: 0, pages: 0, explanations: 0, failures: {} }
}
