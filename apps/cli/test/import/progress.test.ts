import { Writable } from 'node:stream'
import { expect, test, vi } from 'vitest'
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
	const terminal = Object.assign(stream, { isTTY: true, columns: 120 }) as unknown as NodeJS.WriteStream
	return { terminal, written: () => written }
}

test('the bar shows how much is read, how many rows have an outcome, their rate, and the time that is left', async () => {
	const { terminal, written } = openTerminal()
	const progress = showProgress(1_000, terminal)
	progress.read(250)
	progress.rows(5_000)
	await vi.waitFor(() => expect(written()).toMatch(/25 % {2}5000 rows, \d+ a second, (\d+ s|\?) left/))
	progress.stop()
})

test('a line that is printed just before the end of the bar is shown', () => {
	const { terminal, written } = openTerminal()
	const progress = showProgress(1_000, terminal)
	progress.print('line 7: title is required')
	progress.stop()
	expect(written()).toContain('line 7: title is required\n')
})
