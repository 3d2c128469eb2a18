import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomes, readContent } from './read-content.ts'

const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '"', ',', ';', '\t', '|', '\n', '😀'), maxLength: 8 })
const filled = cell.filter((text) => text.trim() !== '')

describe('A table that is written by the rules of RFC 4180', () => {
	const written = fc.record({
		delimiter: fc.constantFrom(',', ';', '\t', '|'),
		end: fc.constantFrom('\n', '\r\n', '\r'),
		rows: fc.array(fc.tuple(filled, cell, cell), { maxLength: 10 }),
	})

	test('is read as it was written, and each record has the number of its line', async () => {
		await fc.assert(
			fc.asyncProperty(written, async ({ delimiter, end, rows }) => {
				const cells = rows.map((row) => row.map((text) => text.replaceAll('\n', end)))
				const quoted = cells.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter))
				const content = [['sku', 'title', 'note'].join(delimiter), ...quoted].join(end)
				let line = 2
				const expected = cells.map((row) => {
					const first = line
					line += 1 + row.reduce((breaks, text) => breaks + text.split(end).length - 1, 0)
					return [first, ...row]
				})
				const { records, error } = await readContent(content)
				expect(error).toBeUndefined()
				expect(outcomes(records)).toEqual(expected)
			}),
			{ numRuns: 500 },
		)
	})
})

describe('Each line of a table without line breaks in its cells', () => {
	const good = fc.constantFrom('A,fine,1', 'B,"quoted, fine",2', 'C,24" x 36",3', 'D,"in ""quotes""",4', 'E,,')
	const wrong = fc.constantFrom(
		'F,"24" Monitor",1',
		'G,"24\\" Monitor",1',
		'H,one',
		'I,a,b,c',
		'J,"open,1',
		'"K"x,"y"z,1',
	)

	test('has exactly one outcome, and the wrong lines cost no other one', async () => {
		const lines = fc.array(
			fc.oneof(
				good.map((text) => ({ text, isGood: true })),
				wrong.map((text) => ({ text, isGood: false })),
			),
			{ maxLength: 30 },
		)
		await fc.assert(
			fc.asyncProperty(lines, async (table) => {
				const { records } = await readContent(['sku,title,price', ...table.map(({ text }) => text)].join('\n'))
				expect(records.map((record) => [record.line, 'values' in record])).toEqual(
					table.map(({ isGood }, at) => [at + 2, isGood]),
				)
			}),
			{ numRuns: 500 },
		)
	})
})

describe('A JSON document', () => {
	const objects = fc.array(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()), { minLength: 1, maxLength: 8 })
	const spaces = fc.constantFrom(undefined, 2, '\t')

	test('gives back the objects that were written, in an array and in an object', async () => {
		await fc.assert(
			fc.asyncProperty(objects, spaces, async (written, space) => {
				const expected = written.map((object) => Object.entries(JSON.parse(JSON.stringify(object))))
				for (const value of [written, { total: [1, 'x]'], products: written, next: { a: [{}] } }]) {
					const { records, error } = await readContent(JSON.stringify(value, null, space))
					expect(error).toBeUndefined()
					expect(records.map((record) => 'values' in record && [...record.values])).toEqual(expected)
				}
			}),
			{ numRuns: 300 },
		)
	})

	test.each([
		['a JSON array', '[{"sku":"A","tags":["x"]},{"sku":"B"}]'],
		['XML', '<p><r><sku>A</sku></r><r><sku>B</sku></r></p>'],
		['a JSON object', '{\n"products": [{"sku":"A"},\n{"sku":"B"}]}'],
	])('or %s that is cut off anywhere is refused', async (_, whole) => {
		for (let end = 0; end < whole.length; end++) {
			const { error } = await readContent(whole.slice(0, end))
			expect(error, whole.slice(0, end)).toMatchObject({ code: expect.stringMatching(/NOT_COMPLETE|EMPTY|NO_RECORDS/) })
		}
	})
})
