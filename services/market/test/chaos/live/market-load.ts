import { setTimeout as sleep } from 'node:timers/promises'
import getPort from 'get-port'
import { source } from './live-market.ts'

/** What a market tells of its load. */
export type MarketLoad = { memoryMb: number; waitingTicks: number; isPaused: boolean }

/** The port for the metrics of a market, and what they say. */
export async function openMarketLoad() {
	const port = await getPort()

	async function read(): Promise<MarketLoad> {
		const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
		const metric = (series: string) =>
			Number(
				text
					.split('\n')
					.find((line) => line.startsWith(`${series} `))
					?.split(' ')[1],
			)
		return {
			memoryMb: metric('process_resident_memory_bytes') / 1_048_576,
			waitingTicks: metric(`mercat_source_waiting_ticks{source="${source}"}`),
			isPaused: metric(`mercat_source_paused{source="${source}"}`) === 1,
		}
	}

	return {
		env: { METRICS_PORT: String(port) },
		read,
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
