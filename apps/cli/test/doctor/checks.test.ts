import { expect, test } from 'vitest'
import { checkConfiguration } from '../../src/doctor/check-configuration.ts'
import { describeDatabase } from '../../src/doctor/check-database.ts'
import { clockFault } from '../../src/doctor/clock-fault.ts'

const noon = Date.parse('2026-11-29T12:00:00Z')

test('a wrong variable is named without its value, and two that do not fit are, too', () => {
	const { isWrong, sentence } = checkConfiguration({
		CATALOG_PORT: 'hidden',
		WEBHOOK_URLS: 'https://hook.example/hidden',
	})
	expect(isWrong).toBe(true)
	expect(sentence).toContain('CATALOG_PORT must be a whole number from 0 to 65535')
	expect(sentence).toContain('WEBHOOK_SECRET is required with WEBHOOK_URLS')
	expect(sentence).not.toContain('hidden')
})

test('a secret of its own, or keys behind a URL, are valid', () => {
	const secret = { JWT_SECRET: 'a secret of at least thirty-two bytes' }
	const keys = { JWT_JWKS_URL: 'https://login.example/keys', CATALOG_TOKEN: 'a token' }
	for (const env of [secret, keys]) {
		expect(checkConfiguration(env)).toEqual({
			subject: 'configuration',
			isWrong: false,
			sentence: 'all variables are valid',
		})
	}
})

test.each([
	['a clock that agrees', noon + 50, undefined],
	['a clock that differs by less than five seconds', noon + 4_000, undefined],
	['a clock that is ahead', noon + 60_100, 'its clock is 60 s ahead of'],
	['a clock that is behind', noon - 60_000, 'its clock is 60 s behind'],
])('%s is told as such', (_name, otherMs, fault) => {
	const found = clockFault(otherMs, noon, noon + 100)
	if (fault === undefined) expect(found).toBeUndefined()
	else expect(found).toContain(fault)
})

test('a clock that tells whole seconds is not behind within its second', () => {
	expect(clockFault(noon - 5_500, noon, noon + 100)).toBeDefined()
	expect(clockFault(noon - 5_500, noon, noon + 100, 1_000)).toBeUndefined()
})

test('everything that is wrong with a database is told', () => {
	const facts = {
		serverVersion: 140_009,
		appliedMigration: 6,
		newestMigration: 6,
		clockMs: noon,
		beforeMs: noon,
		afterMs: noon,
		isWritable: false,
	}
	const { isWrong, sentence } = describeDatabase('order database', 'order', facts)
	expect([isWrong, sentence]).toEqual([
		true,
		'its server is PostgreSQL 14: use PostgreSQL 15 or later; nothing can be written: name the primary server, and the user who owns the database',
	])
})
