import { stepMs } from './bar.ts'
import type { BarPart } from './open-bars.ts'

/** A minute of a product whose bar is to be made. */
export type MinuteMark = { sku: string; second: number }

/**
 * The marks that this process has made for a source. The same minutes come with nearly every part, and to mark them again takes a fifth
 * of the time of storing their bars.
 */
export type MinuteMarks = ReturnType<typeof createMinuteMarks>

const mostMarks = 100_000

export function createMinuteMarks() {
	const made = new Set<string>()
	let generation: number | undefined
	return {
		/**
		 * The marks that a part needs and that are not there.
		 *
		 * @param now the generation of the marks in the database. It changes when marks are taken away.
		 */
		missing({ bars }: BarPart, sinceMs: number, now: number): MinuteMark[] {
			if (now !== generation || made.size > mostMarks) made.clear()
			generation = now
			const missing = new Map<string, MinuteMark>()
			for (const [sku, ofSku] of bars) {
				for (const { beginMs } of ofSku) {
					const second = (beginMs - (beginMs % stepMs['1m'])) / 1_000
					const key = `${second} ${sku}`
					if (beginMs >= sinceMs && !made.has(key)) missing.set(key, { sku, second })
				}
			}
			return [...missing.values()]
		},

		/** Marks have been stored. */
		made(marks: readonly MinuteMark[]): void {
			for (const { sku, second } of marks) made.add(`${second} ${sku}`)
		},

		/** What is stored is not what was thought. */
		forget(): void {
			made.clear()
		},
	}
}
