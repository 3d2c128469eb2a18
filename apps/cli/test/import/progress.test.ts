import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { showProgress } from '../../src/import/progress.ts'

/** A terminal that keeps what is written to it. */
function openTerminal() {
	let written = ''
	const stream = new Writable({
		write(chunk, _encoding, done) {
			written += chunk
			done()
		},
	})
	const stderr = Object.assign(stream, { isTTY: true, columns: 120 }) as unknown as NodeJS.WriteStream
	return { stderr, written: () => written }
}

/** What the bar shows when 10 s have passed. */
function barAfterTenSeconds(rows: number, bytes: number): string {
	const { stderr, written } = openTerminal()
	let time = 0
	const progress = showProgress(1_000, { stderr, now: () => time })
	time = 10_000
	progress.settled(rows, bytes)
	progress.stop()
	return written()
}

test('the bar shows how much is settled, how many rows have an outcome, their rate, and the time that is left', () => {
	expect(barAfterTenSeconds(5_000, 250)).toContain('25 %  5000 rows, 500 a second, 30 s left')
	expect(barAfterTenSeconds(5_000, 100)).toContain('10 %  5000 rows, 500 a second, 1 min 30 s left')
})

test('the bar does not tell a time that is left before it knows one', () => {
	expect(barAfterTenSeconds(500, 0)).toContain('0 %  500 rows, 50 a second, ? left')
})

test('a line that is printed just before the end of the bar is shown', () => {
	const { stderr, written } = openTerminal()
	const progress = showProgress(1_000, { stderr })
	progress.print('line 7: title is required')
	progress.stop()
	expect(written()).toContain('line 7: title is required\n')
})

test('the end of the bar gives the terminal its line wrap back', () => {
	const { stderr, written } = openTerminal()
	showProgress(1_000, { stderr }).stop()
	expect(written().lastIndexOf('\u001b[?7h')).toBeGreaterThan(written().lastIndexOf('\u001b[?7l'))
})
