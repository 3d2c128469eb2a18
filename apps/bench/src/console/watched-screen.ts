import { setTimeout as sleep } from 'node:timers/promises'
import type { launchBrowser } from '@mercat/testing/launch-browser'

type Browser = Awaited<ReturnType<typeof launchBrowser>>

/** A screen of the console in a browser. */
export type WatchedScreen = AsyncDisposable & {
	name: string
	/** The longest task since the last call. 0 when no task took 50 ms or more: the browser tells of no shorter one. */
	takeLongestTaskMs(): Promise<number>
	/** The memory of the page's objects after a collection of garbage. */
	heapMb(): Promise<number>
	/** Loads more pages of a list until it has so many rows, or all that there are. Resolves to their number. */
	loadRows(rows: number): Promise<number>
	/** Goes through a list and back to its beginning. */
	scroll(): Promise<void>
}

export type ScreenAddress = { name: string; origin: string; token: string; place: string }

const observeTasks = `
	globalThis.longTasks = []
	new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true })`

// The page's policy allows no eval. Expressions of the debugger are no eval, and functions in texts would be.
const rowCount = `Number(document.querySelector('table')?.getAttribute('aria-rowcount') ?? 1) - 1`
const pressMore = `(() => {
	const more = document.querySelector('.load-more button')
	if (more === null) return 'end'
	more.click()
})()`
const scrollTo = (part: number) => `(() => {
	const region = document.querySelector('.table-region')
	region.scrollTop = ${part} * (region.scrollHeight - region.clientHeight)
})()`
const scrollSteps = 20
const loadPollMs = 20

/** Opens a screen in a session of its own. */
export async function watchScreen(
	browser: Browser,
	{ name, origin, token, place }: ScreenAddress,
): Promise<WatchedScreen> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
	const page = await context.newPage()
	const debug = await context.newCDPSession(page)
	await page.addInitScript(observeTasks)
	await page.goto(`${origin}/console/#token=${token}`)
	await page.getByRole('navigation').first().waitFor()
	await page.evaluate(`location.hash = ${JSON.stringify(place)}`)
	return {
		name,
		async takeLongestTaskMs() {
			return Math.max(0, ...((await page.evaluate('longTasks.splice(0)')) as number[]))
		},
		async heapMb() {
			await debug.send('HeapProfiler.collectGarbage')
			return (await debug.send('Runtime.getHeapUsage')).usedSize / 1e6
		},
		async loadRows(rows) {
			await page.getByRole('table').waitFor()
			for (;;) {
				const count = Number(await page.evaluate(rowCount))
				if (count >= rows || (await page.evaluate(pressMore)) === 'end') return count
				while (Number(await page.evaluate(rowCount)) === count) await sleep(loadPollMs)
			}
		},
		async scroll() {
			for (let step = 1; step <= scrollSteps; step++) await page.evaluate(scrollTo(step / scrollSteps))
			await page.evaluate(scrollTo(0))
		},
		[Symbol.asyncDispose]: () => context.close(),
	}
}
