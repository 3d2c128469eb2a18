import { MultiBar, type Options, Presets } from 'cli-progress'
import { beforeEnd } from '../signals/before-end.ts'

/** Progress bars on a terminal. They hide its cursor and stop its line wrap until they are stopped, or the process ends. */
export type Bars = Pick<MultiBar, 'create' | 'remove' | 'log'> & { stop(): void }

export function openBars(stream: NodeJS.WriteStream, format: string): Bars {
	const options: Options = { stream, format, clearOnComplete: true, hideCursor: true }
	const bars = new MultiBar(options, Presets.shades_classic)
	const draw = beforeEnd(stop)

	function stop(): void {
		draw[Symbol.dispose]()
		// The bars write lines only when they are drawn.
		bars.update()
		bars.stop()
	}

	return {
		create: (...bar) => bars.create(...bar),
		remove: (bar) => bars.remove(bar),
		log: (line) => bars.log(line),
		stop,
	}
}
