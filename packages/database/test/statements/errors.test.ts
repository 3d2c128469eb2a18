import { expect, test } from 'vitest'
import { isConnectionTrouble, sqlState } from '../../src/statements/errors.ts'

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
