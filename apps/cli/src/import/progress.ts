import { MultiBar, Presets } from 'cli-progress'

/** The progress of an import, as the terminal shows it. */
export type Progress = {
	/** Sets how many bytes of the file have been read. */
	read(bytes: number): void
	/** Sets how many rows have an outcome. */
	rows(count: number): void
	/** Writes a line above the bar. */
	print(line: string): void
	stop(): void
}

/** Shows a progress bar if stderr is a terminal, and only the printed lines if it is not. */
export function showProgress(totalBytes: number, stderr: NodeJS.WriteStream = process.stderr): Progress {
	if (!stderr.isTTY) {
		return { read() {}, rows() {}, print: (line) => void stderr.write(`${line}\n`), stop() {} }
	}
	const bars = new MultiBar(
		{
			stream: stderr,
			format: '{bar} {percentage} %  {rows} rows, {rate} a second, {eta_formatted} left',
			formatTime: describeSeconds,
			clearOnComplete: true,
		},
		Presets.shades_classic,
	)
	const bar = bars.create(totalBytes, 0, { rows: 0, rate: 0 })
	const startedAt = performance.now()
	return {
		read: (bytes) => bar.update(bytes),
		rows(count) {
			const seconds = (performance.now() - startedAt) / 1_000
			bar.update({ rows: count, rate: Math.round(count / seconds) })
		},
		print: (line) => bars.log(`${line}\n`),
		stop() {
			// The bar writes lines only when it is drawn.
			bars.update()
			bars.stop()
		},
	}
}

// The library says that it does not know the time yet with a text or with Infinity.
function describeSeconds(seconds: number): string {
	if (!Number.isFinite(seconds)) return '?'
	const whole = Math.round(seconds)
	if (whole < 60) return `${whole} s`
	if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
	return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`
}
