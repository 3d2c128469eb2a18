import { openBars } from '../output/open-bars.ts'

/** The progress of an import, as the terminal shows it. */
export type Progress = {
	/** Sets how many rows have an outcome, and how many bytes of the file were read for them. */
	settled(rows: number, bytes: number): void
	/** Writes a line above the bar. */
	print(line: string): void
	stop(): void
}

type ProgressOptions = {
	stderr?: NodeJS.WriteStream
	/** Milliseconds from any moment. */
	now?: () => number
}

/** Shows a progress bar if stderr is a terminal, and only the printed lines if it is not. */
export function showProgress(
	totalBytes: number,
	{ stderr = process.stderr, now = () => performance.now() }: ProgressOptions = {},
): Progress {
	if (!stderr.isTTY) return { settled() {}, print: (line) => void stderr.write(`${line}\n`), stop() {} }
	const bars = openBars(stderr, '{bar} {percentage} %  {rows} rows, {rate} a second, {left} left')
	const bar = bars.create(totalBytes, 0, { rows: 0, rate: 0, left: '?' })
	const startedAt = now()
	return {
		settled(rows, bytes) {
			const seconds = (now() - startedAt) / 1_000
			const secondsLeft = (seconds * (totalBytes - bytes)) / bytes
			bar.update(bytes, { rows, rate: Math.round(rows / seconds), left: describeSeconds(secondsLeft) })
		},
		print: (line) => bars.log(`${line}\n`),
		stop: bars.stop,
	}
}

// Nothing is known before the first bytes, nor of a pipe, whose length is 0.
function describeSeconds(seconds: number): string {
	if (!Number.isFinite(seconds) || seconds < 0) return '?'
	const whole = Math.round(seconds)
	if (whole < 60) return `${whole} s`
	if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
	return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`
}
