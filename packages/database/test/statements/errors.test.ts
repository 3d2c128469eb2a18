import { expect, test } from 'vitest'
import { DatabaseUnavailableError, isConnectionTrouble, sqlState } from '../../src/statements/errors.ts'

const withCode = (code: string) => Object.assign(new Error('no luck'), { code })

test.each(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', '57P01', '08006', '25006', '55P03'])(
	'The code %s means that the database is unavailable',
	(code) => {
		expect(isConnectionTrouble(withCode(code))).toBe(true)
	},
)

test('An error of Node has no SQLSTATE, although its code may have five characters', () => {
	expect(sqlState(withCode('EPIPE'))).toBeUndefined()
	expect(sqlState(withCode('F0000'))).toBe('F0000')
	expect(isConnectionTrouble(withCode('23505'))).toBe(false)
})

test.each([
	['a refused connection', withCode('ECONNREFUSED')],
	['a lost connection', new Error('Connection terminated unexpectedly')],
	['a server that does not answer', new Error('Query read timeout')],
	...['08006', '53300', '57P01', '57P03', '25006', '55006'].map((code): [string, Error] => [code, withCode(code)]),
])('An outage of the server, such as %s, is reported as one', (_name, cause) => {
	expect(new DatabaseUnavailableError(cause)).toMatchObject({
		isReported: true,
		message: 'the database is unavailable',
	})
})

test.each(['55P03', '57014', '40001', '40P01', '53100', '58030'])(
	'A statement that fails with %s is no outage of the server',
	(code) => {
		const error = new DatabaseUnavailableError(withCode(code))
		expect(error).toMatchObject({ isReported: false, message: 'the database could not complete a statement' })
	},
)
