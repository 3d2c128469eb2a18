import { describe, expect, test } from 'vitest'
import { outcomes, readContent } from './read-content.ts'

describe('NDJSON', () => {
	test.each([
		['LF', '\n'],
		['CRLF', '\r\n'],
		['CR', '\r'],
	])('has one record on each line that ends with %s, with the number of the line', async (_, end) => {
		const { file, records } = await readContent(['{"a":1}', '', '  ', '{"a":"ü"}', ''].join(end))
		expect(file).toMatchObject({ kind: 'ndjson', lineName: 'line', columns: ['a'] })
		expect(outcomes(records)).toEqual([
			[1, 1],
			[4, 'ü'],
		])
	})

	test('keeps the members of a record as they are', async () => {
		const { records } = await readContent('{"sku":12,"brand":null,"attributes":{"new":true},"__proto__":1}\n')
		const { values } = records[0] as { values: Map<string, unknown> }
		expect([...values]).toEqual([
			['sku', 12],
			['brand', null],
			['attributes', { new: true }],
			['__proto__', 1],
		])
	})

	test('is read to its end after a line that is not JSON, no object, or too long', async () => {
		const long = `{"a":"${'x'.repeat(1024 * 1024)}"}`
		const { records } = await readContent(['{"a":1', '[1]', long, '{"a":2}'].join('\n'))
		expect(records).toEqual([
			{ line: 1, problem: expect.stringContaining('not JSON: '), rule: 'NOT_JSON' },
			{ line: 2, problem: 'a row must be an object', rule: 'NOT_OBJECT' },
			{ line: 3, problem: 'longer than 1048576 characters', rule: 'TOO_LONG' },
			{ line: 4, values: new Map([['a', 2]]) },
		])
	})

	test('has its columns from the first record that has values', async () => {
		const { file } = await readContent('{"a":}\n{"b":1}\n')
		expect(file?.columns).toEqual(['b'])
	})

	test.each(['{"a":1}\n{"a"', '{"a":1}\n{"a":"x', '{"a":1}\n{"a":1'])(
		'that ends with %j is not complete',
		async (content) => {
			const { records, error } = await readContent(content)
			expect(outcomes(records)).toEqual([[1, 1]])
			expect(error).toEqual({ code: 'NOT_COMPLETE', message: 'the file ends in the middle of line 2' })
		},
	)
})

describe('A JSON array', () => {
	test('has one record for each element, with its position', async () => {
		const { file, records } = await readContent('\uFEFF [ {"a":[1,{"b":"]},\\"["}]} ,\r\n{"a":{}}]\n')
		expect(file).toMatchObject({ kind: 'json', lineName: 'element', columns: ['a'] })
		expect(outcomes(records)).toEqual([
			[1, [1, { b: ']},"[' }]],
			[2, {}],
		])
	})

	test('may be empty', async () => {
		expect(await readContent('[ ]')).toMatchObject({ file: { kind: 'json', columns: [] }, records: [] })
	})

	test.each([
		['[{"a":},{"a":1}{"a":2},,{"a":3},]', [1, 2, 3, 5]],
		['[{"a":[},{"a":[1}},{"a":3}]', [1, 2]],
		['[{"a":1}},{"a":3}]', [1]],
		['["a",{"a":3}]', [1]],
		['{"products":[{"a":1}},{"a":3}]}', [1]],
	])('with the content %j is read to its end, although some elements are wrong', async (content, wrong) => {
		const { records, error } = await readContent(content)
		expect(error).toBeUndefined()
		expect(records.filter((record) => 'problem' in record).map(({ line }) => line)).toEqual(wrong)
		expect(outcomes(records)).toContainEqual([expect.any(Number), 3])
	})

	test('is read to its end after an element that is too long', async () => {
		const { records } = await readContent(`[{"a":1},{"a":"${'x'.repeat(1024 * 1024)}"},{"a":3}]`)
		expect(outcomes(records)).toEqual([
			[1, 1],
			[2, { rule: 'TOO_LONG' }],
			[3, 3],
		])
	})

	test.each([
		['[{"a":1},{"a"', 'NOT_COMPLETE'],
		['[{"a":1},', 'NOT_COMPLETE'],
		['[{"a":1},{"a":2}', 'NOT_COMPLETE'],
		['{"products":[{"a":1}]', 'NOT_COMPLETE'],
		['[{"a":1}] []', 'TEXT_AFTER_END'],
		[`[{"a":1},${'['.repeat(200)}`, 'TOO_DEEP'],
	])('that ends as %s gives its first record and the error %s', async (content, code) => {
		const { records, error } = await readContent(content)
		expect(outcomes(records)).toEqual([[1, 1]])
		expect(error).toMatchObject({ code })
	})
})

describe('A JSON object', () => {
	test.each([
		['on several lines', '{\n"total": 2,\n"tags": ["x"],\n"products": [\n{"a":1},\n{"a":2}\n],\n"next": ["]"]\n}\n'],
		['on one line', '{"total":2,"products":[{"a":1},{"a":2}]}'],
		['larger than a block', `{"products":[{"a":1,"b":"${'x'.repeat(200_000)}"},{"a":2}],"more":{}}`],
	])('%s has the records of the array of objects in it', async (_, content) => {
		const { file, records } = await readContent(content)
		expect(file).toMatchObject({ kind: 'json', lineName: 'element' })
		expect(records.map((record) => 'values' in record && [record.line, record.values.get('a')])).toEqual([
			[1, 1],
			[2, 2],
		])
	})

	test('on a line of its own is a record, even with lists in it', async () => {
		const { file, records } = await readContent('{"a":[{"b":1}]}\n{"a":[{"b":2}]}\n')
		expect(file?.kind).toBe('ndjson')
		expect(records).toHaveLength(2)
		expect((await readContent('{"sku":"A","imageUrls":[]}')).file?.kind).toBe('ndjson')
	})

	test('whose only member is an empty array has no records', async () => {
		expect(await readContent('{"products":[]}')).toMatchObject({ file: { kind: 'json' }, records: [] })
	})

	test('without an array of objects is refused, if it is not on one line', async () => {
		expect(await readContent('{\n"sku": "A"\n}\n')).toMatchObject({ error: { code: 'NO_RECORDS' } })
	})
})
