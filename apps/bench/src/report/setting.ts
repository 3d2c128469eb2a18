import { availableParallelism, cpus, release, totalmem, type } from 'node:os'
import type { Bench } from '../running/bench.ts'

/** The machine and the options of a run. */
export type Setting = {
	machine: {
		cpu: string
		cores: number
		memoryGb: number
		system: string
		node: string
		postgres: string
	}
	run: { rounds: number; seconds: number; clients: number; date: string }
}

export function readSetting({ options, postgres }: Bench): Setting {
	const { rounds, seconds, clients } = options
	return {
		machine: {
			cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
			cores: availableParallelism(),
			memoryGb: Math.round(totalmem() / 2 ** 30),
			system: `${type()} ${release()}`,
			node: process.versions.node,
			postgres: postgres.version,
		},
		run: { rounds, seconds, clients, date: new Date().toISOString().slice(0, 10) },
	}
}
