import type { BenchOptions } from './bench-options.ts'
import type { BenchPostgres } from './bench-postgres.ts'
import type { Checkout } from './checkout.ts'

/** What measures share. */
export type Bench = {
	options: BenchOptions
	/** The version of Mercat that the bench is part of. */
	own: Checkout
	/** Commits that it is compared with. */
	against: Checkout[]
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

/** Throws when the run is to be given up. */
export async function throwIfInterrupted({ interruption }: Pick<Bench, 'interruption'>): Promise<void> {
	await Promise.race([interruption, Promise.resolve()])
}

/** A contestant's name where only letters, digits, dots and dashes are safe. */
export function fileNameOf(contestant: string): string {
	return contestant.replaceAll(/[^\w.]+/g, '-')
}

/** Node's options for a contestant's process: a CPU profile, when one was asked for. */
export function profileFlags({ options: { profileFolder } }: Bench, contestant: string, role: string): string[] {
	if (profileFolder === undefined) return []
	const name = fileNameOf(`${contestant}.${role}.${Date.now()}`)
	return ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`, `--cpu-prof-name=${name}.cpuprofile`]
}
