import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { type Bench, profileFlags } from '../running/bench.ts'
import type { Checkout } from '../running/checkout.ts'
import { peakResidentBytes } from '../running/proc.ts'

export type ImportTurn = {
	seconds: number
	/** The highest resident memory of the command. */
	peakMb: number
}

const sampleMs = 50

/** Runs `mercat import` as a person does, and expects that each row has this outcome. */
export async function runImport(
	bench: Bench,
	{ command, name, nodeFlags }: Checkout,
	{ file, catalogAddress, rows, outcome }: { file: string; catalogAddress: string; rows: number; outcome: string },
): Promise<ImportTurn> {
	const startedAt = performance.now()
	const flags = [...nodeFlags, ...profileFlags(bench, name, 'import')]
	const child = spawn(process.execPath, [...flags, command, 'import', file, '--catalog', catalogAddress], {
		env: { JWT_SECRET: bench.secret, NODE_COMPILE_CACHE: `${bench.folder}/compile-cache/import` },
		detached: true,
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	const ended = once(child, 'exit')
	let peakBytes = 0
	const sample = setInterval(() => {
		peakBytes = Math.max(peakBytes, peakResidentBytes(child.pid as number) || 0)
	}, sampleMs)
	try {
		const [output] = await Promise.race([Promise.all([text(child.stdout), ended]), bench.interruption])
		const seconds = (performance.now() - startedAt) / 1_000
		if (!output.startsWith(`${rows} rows: `) || !output.includes(`${rows} ${outcome}`)) throw new Error(output)
		return { seconds, peakMb: peakBytes / 1e6 }
	} finally {
		clearInterval(sample)
		child.kill('SIGKILL')
		await ended
	}
}
