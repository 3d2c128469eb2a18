import { setTimeout as sleep } from 'node:timers/promises'
import { signToken } from '@mercat/service/tokens'
import { launchBrowser } from '@mercat/testing/launch-browser'
import { startMercat } from '../contestants/start-mercat.ts'
import { startHttpGenerator } from '../load/start-generator.ts'
import type { Measure } from '../measures/measure.ts'
import { memoryGrowth } from '../measures/memory-growth.ts'
import { orderTurn } from '../measures/order-load.ts'
import type { Bench } from '../running/bench.ts'
import type { Measurement, Result } from '../running/measurement.ts'
import { tokenIssuer } from '../running/shop.ts'
import { startDemoLoad } from './start-demo-load.ts'
import { type WatchedScreen, watchScreen } from './watched-screen.ts'

const listedOrders = 10_000
const ratePerSecond = 1_000
// It pays, ships and cancels. These transitions cost more than the orders, and the machine has two cores.
const demoPerSecond = 10
const sampleS = 60
const leastSamples = 4
const mostTaskMs = 100
const staffScopes = 'orders:manage orders:read orders:write webhooks:manage events:read catalog:write'
const lifetimeMs = 24 * 3_600_000

/** What is read of one screen: one value per sample. */
type Readings = { screen: WatchedScreen; longestTaskMs: number[]; heapMb: number[] }

/**
 * The console in Chromium while a thousand orders arrive each second for `--seconds`: the longest task of its live screen
 * and of its list of ten thousand orders, and their memory.
 */
export const consoleScreens: Measure = {
	name: 'console',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const shop = opened.use(await startMercat(bench, { variables: { catalog: {}, order: { CONSOLE: 'true' } } }))
		const generator = opened.use(startHttpGenerator(bench.interruption))
		const { clients, seconds } = bench.options
		await generator.run(orderTurn(bench, shop, { clients, requests: listedOrders }).job)
		const browser = opened.adopt(await launchBrowser(), (started) => started.close())
		const origin = `http://${shop.order.address}`
		const token = signToken(
			{ ...tokenIssuer, secret: bench.secret },
			{ subject: 'staff', scope: staffScopes, lifetimeMs },
		)
		const watch = async (name: string, place: string) =>
			opened.use(await watchScreen(browser, { name, origin, token, place }))
		const live = await watch('live', '#/live')
		const list = await watch('orders', '#/orders')
		bench.report(`  ${await list.loadRows(listedOrders)} orders in the list`)
		opened.use(startDemoLoad(bench, origin, demoPerSecond))
		const [load, readings] = await Promise.all([
			generator.run(orderTurn(bench, shop, { ratePerSecond, seconds }).job),
			readScreens(bench, [live, list]),
		])
		bench.report(`  ${(load.completed / load.seconds).toFixed(0)} orders/s were placed`)
		return measurements(readings)
	},
}

async function readScreens({ options: { seconds }, report, interruption }: Bench, screens: WatchedScreen[]) {
	const all: Readings[] = screens.map((screen) => ({ screen, longestTaskMs: [], heapMb: [] }))
	// Loading the rows is not measured.
	for (const screen of screens) await screen.takeLongestTaskMs()
	const samples = Math.max(leastSamples, Math.round(seconds / sampleS))
	for (let sample = 1; sample <= samples; sample++) {
		await Promise.race([sleep((1_000 * seconds) / samples), interruption])
		for (const { screen, longestTaskMs, heapMb } of all) {
			if (screen.name === 'orders') await screen.scroll()
			longestTaskMs.push(await screen.takeLongestTaskMs())
			heapMb.push(await screen.heapMb())
			// The collection of garbage is a task that no visitor causes.
			await screen.takeLongestTaskMs()
			report(`  sample ${sample}  ${screen.name}: ${longestTaskMs.at(-1)} ms, ${heapMb.at(-1)?.toFixed(1)} MB`)
		}
	}
	return all
}

function measurements(readings: Readings[]): Measurement[] {
	const results = readings.map(({ screen, longestTaskMs }): Result => {
		return { contestant: screen.name, values: [Math.max(...longestTaskMs)], failures: {}, cpuMicros: {} }
	})
	return [
		{
			title: `Console: longest task at ${ratePerSecond} orders/s`,
			unit: 'ms',
			results,
			comparisons: results.map(({ contestant }) => ({
				of: contestant,
				target: { bound: 'at most', value: mostTaskMs },
			})),
		},
		...readings.map(({ screen, heapMb }) => memoryGrowth(`Console: memory of the screen ${screen.name}`, heapMb)),
	]
}
