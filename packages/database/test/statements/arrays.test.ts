import { createTestDatabase, engines } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/database.ts'

describe.each(engines)('An array that is sent to %s', (engine) => {
	test('arrives unchanged, with any text in it', async () => {
		await using file = await createTestDatabase(engine)
		await using database = await openDatabase(file.url)
		// PostgreSQL cannot store the character NUL.
		const text = fc.string({ unit: 'binary' }).map((binary) => binary.toWellFormed().replaceAll('\0', ''))
		const texts = fc.array(fc.oneof(text, fc.constantFrom(null, '', 'NULL', '"', '\\', '{}', ',', ' a ', '\n')))
		await fc.assert(
			fc.asyncProperty(texts, fc.array(fc.maxSafeInteger()), fc.array(fc.boolean()), async (...arrays) => {
				const [row] = await database.query(
					'select to_json($1::text[]) as texts, to_json($2::bigint[]) as numbers, to_json($3::boolean[]) as truths',
					arrays,
				)
				expect(row).toEqual({ texts: arrays[0], numbers: arrays[1], truths: arrays[2] })
			}),
			{ numRuns: 50 },
		)
		expect(
			await database.query('select to_json($1::text[]) as nested', [
				[
					['a', '"'],
					[null, '\\'],
				],
			]),
		).toEqual([
			{
				nested: [
					['a', '"'],
					[null, '\\'],
				],
			},
		])
	})

	test('is refused when it has an element of another type, and its transaction is not committed', async () => {
		await using file = await createTestDatabase(engine)
		await using database = await openDatabase(file.url)
		await database.query('create table entry (id bigint primary key)')
		const refused = database.transaction(async (transaction) => {
			await transaction.query('insert into entry values ($1)', [1])
			return transaction.queryAndCommit('select $1::timestamptz[]', [[new Date()]])
		})
		await expect(refused).rejects.toThrow(TypeError)
		expect(await database.query('select id from entry')).toEqual([])
	})
})
