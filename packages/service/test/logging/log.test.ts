import { expect, test } from 'vitest'
import { createLog } from '../../src/logging/log.ts'

class OutageError extends Error {
	readonly isReported = true
}

/** The levels and messages of the lines that a log of this level has after `write`. */
function linesOf(level: string, write: (log: ReturnType<typeof createLog>) => void): unknown[] {
	const lines: { level: string; msg: string }[] = []
	write(createLog('test', level, { write: (line) => void lines.push(JSON.parse(line)) }))
	return lines.map(({ level, msg }) => [level, msg])
}

test('An error of an outage that has a line of its own is logged at the level debug, and so is an error that it caused', () => {
	const write = (log: ReturnType<typeof createLog>) => {
		log.error({ err: new OutageError() }, 'a relay failed')
		log.warn({ err: new Error('no answer', { cause: new OutageError() }) }, 'a request failed')
		log.error({ err: new Error('a bug') }, 'another request failed')
		log.fatal({ err: new OutageError() }, 'could not start')
		log.info('listening')
	}
	const rest = [
		['error', 'another request failed'],
		['fatal', 'could not start'],
		['info', 'listening'],
	]
	expect(linesOf('info', write)).toEqual(rest)
	expect(linesOf('debug', write)).toEqual([['debug', 'a relay failed'], ['debug', 'a request failed'], ...rest])
})
