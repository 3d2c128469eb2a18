import type { BenchOptions } from './bench-options.ts'
import type { BenchPostgres } from './bench-postgres.ts'
import type { Checkout } from './checkout.ts'

/** Everything that measures share. */
export type Bench = {
	options: BenchOptions
	/** The checkout that this bench belongs to. */
	own: Checkout
	/** Checkouts of the commits that this one is compared with. */
	against: Checkout[]
	postgres: BenchPostgres
	/** A folder for temporary files. It is removed after the run. */
	folder: string
	/** The secret that signs all tokens. All contestants share it. */
	secret: string
	/** Rejects when the run is interrupted. */
	interruption: Promise<never>
	/** Prints a line of progress. */
	report(line: string): void
}

/** Throws when the run was interrupted. */
export async function throwIfInterrupted({ interruption }: Pick<Bench, 'interruption'>): Promise<void> {
	await Promise.race([interruption, Promise.resolve()])
}

/** The name of a contestant as a safe file name: letters, digits, underscores, dots and dashes. */
export function fileNameOf(contestant: string): string {
	return contestant.replaceAll(/[^\w.]+/g, '-')
}

/** The flags that make a process of a contestant write a CPU profile. Empty without `--cpu-prof`. */
export function profileFlags({ options: { profileFolder } }: Bench, contestant: string, role: string): string[] {
	if (profileFolder === undefined) return []
	const name = fileNameOf(`${contestant}.${role}.${Date.now()}`)
	return ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`, `--cpu-prof-name=${name}.cpuprofile`]
}
