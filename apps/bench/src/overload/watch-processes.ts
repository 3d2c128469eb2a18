import { setTimeout as sleep } from 'node:timers/promises'

/** A process to watch and its readings. */
type Watched = {
	role: string
	cpuMs(): number
	residentBytes?(): number
}

/** The readings of one process: one value per second, and for the memory one more at the start. */
export type Watch = { role: string; cores: number[]; residentMb: number[] }

/** Reads the CPU time and memory of the processes now and then every second. */
export async function watchProcesses(processes: Watched[], seconds: number): Promise<Watch[]> {
	const watches = processes.map(({ role, cpuMs, residentBytes }) => {
		const watch: Watch = { role, cores: [], residentMb: [] }
		let last = { at: performance.now(), cpuMs: cpuMs() }
		const readMemory = () => residentBytes && watch.residentMb.push(residentBytes() / 1e6)
		readMemory()
		return {
			watch,
			read() {
				const now = { at: performance.now(), cpuMs: cpuMs() }
				watch.cores.push((now.cpuMs - last.cpuMs) / (now.at - last.at))
				last = now
				readMemory()
			},
		}
	})
	for (let second = 0; second < seconds; second++) {
		await sleep(1_000)
		for (const { read } of watches) read()
	}
	return watches.map(({ watch }) => watch)
}
