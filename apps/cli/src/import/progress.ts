import { MultiBar, Presets } from 'cli-progress'

/** The progress of reading a file, as the terminal shows it. */
export type Progress = {
	/** Sets how many bytes have been read. */
	update(bytes: number): void
	/** Writes a line above the bar. */
	print(line: string): void
	stop(): void
}

/** Shows a progress bar if stderr is a terminal, and only the printed lines if it is not. */
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
