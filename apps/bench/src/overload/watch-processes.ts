import { setTimeout as sleep } from 'node:timers/promises'

/** What is read of a process. */
export type Watched = {
	role: string
	cpuMs(): number
	residentBytes?(): number
}

/** Of one process, one value a second. */
export type Watch = { role: string; cores: number[]; residentMb: number[] }

/** Reads the processes now, and then each second. */
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
