import type { BenchPostgres } from './bench-postgres.ts'
import type { BenchOptions } from './options.ts'

/** What measures share. */
export type Bench = {
	options: BenchOptions
	postgres: BenchPostgres
	/** For whatever needs to be on disk; gone after the run. */
	folder: string
	/** Signs the tokens of every customer, for every contestant. */
	secret: string
	/** Rejects when the run is to be given up. */
	interruption: Promise<never>
	/** Tells whoever watches. */
	report(line: string): void
}

/** Node's options for a contestant's process: a CPU profile, when one was asked for. */
export function profileFlags({ options: { profileFolder } }: Bench, contestant: string, role: string): string[] {
	if (profileFolder === undefined) return []
	const name = `${contestant}.${role}.${Date.now()}`.replaceAll(/[^\w.]+/g, '-')
	return ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`, `--cpu-prof-name=${name}.cpuprofile`]
}
