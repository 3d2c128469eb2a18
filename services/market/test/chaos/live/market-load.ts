import { setTimeout as sleep } from 'node:timers/promises'
import { readSamples, readValue } from '@mercat/testing/read-samples'
import getPort from 'get-port'

/** What a market tells of its load. */
export type MarketLoad = { memoryMb: number; waitingTicks: number; isPaused: boolean }

/** The port for the metrics of a market, and what they say. */
export async function openMarketLoad(source: string) {
	const port = await getPort()

	async function readMetrics(): Promise<(name: string, labels?: Record<string, string>) => number> {
		const samples = readSamples(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())
		return (name, labels) => readValue(samples, name, labels) ?? Number.NaN
	}

	async function read(): Promise<MarketLoad> {
		const metric = await readMetrics()
		return {
			memoryMb: metric('process_resident_memory_bytes') / 1_048_576,
			waitingTicks: metric('mercat_source_waiting_ticks', { source }),
			isPaused: metric('mercat_source_paused', { source }) === 1,
		}
	}

	return {
		env: { METRICS_PORT: String(port) },
		read,
		/** The position up to which this process has counted sales; NaN while another one counts. */
		salesPosition: async () => (await readMetrics())('mercat_market_sales_position'),
		/** The highest load while work is done. */
		async during(work: Promise<unknown>): Promise<MarketLoad> {
			const most = await read()
			let isOver = false
			const over = work.finally(() => {
				isOver = true
			})
			while (!isOver) {
				const load = await read()
				most.memoryMb = Math.max(most.memoryMb, load.memoryMb)
				most.waitingTicks = Math.max(most.waitingTicks, load.waitingTicks)
				most.isPaused ||= load.isPaused
				await sleep(200)
			}
			await over
			return most
		},
	}
}
