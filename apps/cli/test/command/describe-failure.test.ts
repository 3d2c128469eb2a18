import { expect, test } from 'vitest'
import { describeFailure } from '../../src/command/describe-failure.ts'

function failure(code: string, path?: string): Error {
	return Object.assign(new Error(`${code}: failed`), { code, path })
}

test.each([
	['ENOSPC', '/data', '/data is full: free some space, or use another disk (DATA_DIR for the embedded databases)'],
	['53100', undefined, 'the disk is full: free some space, or use another disk (DATA_DIR for the embedded databases)'],
	['EROFS', '/data', '/data is on a read-only file system: name a folder on another one'],
	['EACCES', undefined, 'EACCES: failed: this user has no right to it'],
])('a failure with the code %s is told in one sentence', (code, path, sentence) => {
	expect(describeFailure(failure(code, path))).toBe(sentence)
	expect(describeFailure(new Error('wrapped', { cause: failure(code, path) }))).toBe(sentence)
})

test('any other error is left to be told with its stack', () => {
	expect(describeFailure(failure('ECONNRESET'))).toBeUndefined()
	expect(describeFailure(new TypeError('a bug'))).toBeUndefined()
	expect(describeFailure('a text')).toBeUndefined()
})
