import { MultiBar, Presets } from 'cli-progress'

/** What is shown on a terminal while a file is read. */
export type Progress = {
	/** How many of the bytes have been read. */
	update(bytes: number): void
	/** Writes a line above the bar. */
	print(line: string): void
	stop(): void
}

/** A bar on stderr where that is a terminal, and nothing but the lines elsewhere. */
export function showProgress(totalBytes: number, stderr: NodeJS.WriteStream = process.stderr): Progress {
	if (!stderr.isTTY) {
		return { update() {}, print: (line) => void stderr.write(`${line}\n`), stop() {} }
	}
	const bars = new MultiBar(
		{ stream: stderr, format: '{bar} {percentage} %', clearOnComplete: true },
		Presets.shades_classic,
	)
	const bar = bars.create(totalBytes, 0)
	return {
		update: (bytes) => bar.update(bytes),
		print: (line) => bars.log(`${line}\n`),
		stop: () => bars.stop(),
	}
}
