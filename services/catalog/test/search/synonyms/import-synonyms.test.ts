import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { searchCalls } from '../../search-calls.ts'
import { sharedCatalog } from '../../shared-catalog.ts'
import { errorOf, tokenFor } from '../../start-catalog.ts'

const lettersOf = (count: number) => [...String(count)].map((digit) => 'abcdefghij'[Number(digit)]).join('')

describe.each(engines)('%s', (engine) => {
	const catalog = sharedCatalog(engine)

	test('an import replaces all rules, and the same import again changes nothing', async () => {
		const { importSynonyms, listSynonyms } = searchCalls(catalog)
		const first = [
			{ words: [], meanings: ['couch', 'sofa'] },
			{ words: ['tv'], meanings: ['television', 'telly'] },
		]
		expect(await importSynonyms(first)).toEqual({ ruleCount: 2, changed: true })
		expect((await listSynonyms()).rules).toEqual(first)
		expect(await importSynonyms(first)).toEqual({ ruleCount: 2, changed: false })
		const second = [{ words: [], meanings: ['mug', ' cup '] }]
		expect(await importSynonyms(second)).toEqual({ ruleCount: 1, changed: true })
		expect((await listSynonyms()).rules).toEqual([{ words: [], meanings: ['mug', 'cup'] }])
		expect(await importSynonyms([])).toEqual({ ruleCount: 0, changed: true })
		expect(await listSynonyms()).toEqual({ rules: [], nextPageToken: '' })
	})

	test('rules in another order are another table', async () => {
		const { importSynonyms, listSynonyms } = searchCalls(catalog)
		const [a, b] = [
			{ words: [], meanings: ['a1', 'a2'] },
			{ words: [], meanings: ['b1', 'b2'] },
		]
		await importSynonyms([a, b])
		expect(await importSynonyms([b, a])).toEqual({ ruleCount: 2, changed: true })
		expect((await listSynonyms()).rules).toEqual([b, a])
	})

	test('two imports at once leave the rules of one of them', async () => {
		const { importSynonyms, listSynonyms } = searchCalls(catalog)
		const tables = ['x', 'y'].map((name) =>
			Array.from({ length: 50 }, (_, index) => ({ words: [], meanings: [`${name}${index}`, `${name}${index}b`] })),
		)
		await Promise.all(tables.map(importSynonyms))
		expect(tables).toContainEqual((await listSynonyms()).rules)
	})

	test('the largest table is taken and listed in pages', async () => {
		const { importSynonyms, listSynonyms } = searchCalls(catalog)
		const rules = Array.from({ length: 10_000 }, (_, rule) => ({
			words: [],
			meanings: Array.from({ length: 20 }, (_, word) => `word ${lettersOf(rule)} ${lettersOf(word)}`),
		}))
		await importSynonyms(rules)
		const listed = []
		for (let pageToken = ''; ; ) {
			const page = await listSynonyms({ pageToken })
			listed.push(...page.rules)
			pageToken = page.nextPageToken
			if (pageToken === '') break
		}
		expect(listed).toEqual(rules)
	})

	test('a page of rules that were replaced meanwhile is refused', async () => {
		const { importSynonyms, listSynonyms } = searchCalls(catalog)
		const rules = ['a', 'b', 'c'].map((name) => ({ words: [], meanings: [`${name}1`, `${name}2`] }))
		await importSynonyms(rules)
		const { nextPageToken: pageToken } = await listSynonyms({ pageSize: 2 })
		expect((await listSynonyms({ pageSize: 2, pageToken })).rules).toEqual(rules.slice(2))
		await importSynonyms(rules.toReversed())
		expect(await errorOf(listSynonyms({ pageSize: 2, pageToken }))).toMatchObject({ reason: 'PAGE_TOKEN_INVALID' })
	})
})

const signs = 'must not contain "," or "=>", nor a word that begins with "#"'

describe('refusals', () => {
	const catalog = sharedCatalog('pglite')

	test.each([
		['without a meaning', { words: ['tv'], meanings: [] }, 'rules[1].meanings', 'is required'],
		['of one word', { words: [], meanings: ['tv'] }, 'rules[1].meanings', 'must have at least 2 items without words'],
		[
			'of more than 20 words',
			{ words: ['a'], meanings: Array.from({ length: 20 }, (_, index) => `b${index}`) },
			'rules[1]',
			'must have at most 20 words',
		],
		['with a blank word', { words: [' '], meanings: ['b'] }, 'rules[1].words[0]', expect.stringContaining('must have')],
		[
			'with a word of signs only',
			{ words: [], meanings: ['a', '+-'] },
			'rules[1].meanings[1]',
			'must have a letter or a digit',
		],
		['with a comma', { words: [], meanings: ['a', 'b, c'] }, 'rules[1].meanings[1]', signs],
		['with an arrow', { words: ['b => c'], meanings: ['a'] }, 'rules[1].words[0]', signs],
		['with a comment', { words: [], meanings: ['a', 'b #c'] }, 'rules[1].meanings[1]', signs],
		[
			'with a long phrase',
			{ words: [], meanings: ['a', 'one two three four five six'] },
			'rules[1].meanings[1]',
			'must have at most 5 words',
		],
	])('a rule %s is refused, and nothing changes', async (_, rule, field, description) => {
		const { importSynonyms, listSynonyms } = searchCalls(catalog)
		const before = await listSynonyms()
		const good = { words: [], meanings: ['couch', 'sofa'] }
		expect(await errorOf(importSynonyms([good, rule]))).toMatchObject({
			reason: 'INVALID_REQUEST',
			fieldViolations: [{ field, description }],
		})
		expect(await listSynonyms()).toEqual(before)
	})

	test('more than 10,000 rules are refused', async () => {
		const rules = Array.from({ length: 10_001 }, () => ({ words: [], meanings: ['a', 'b'] }))
		expect(await errorOf(searchCalls(catalog).importSynonyms(rules))).toMatchObject({
			fieldViolations: [{ field: 'rules', description: 'must have at most 10000 items' }],
		})
	})

	test('both methods need the scope catalog:write', async () => {
		const { importSynonyms, listSynonyms } = searchCalls(catalog, tokenFor('stock:reserve'))
		expect(await errorOf(importSynonyms([]))).toMatchObject({ reason: 'SCOPE_MISSING' })
		expect(await errorOf(listSynonyms())).toMatchObject({ reason: 'SCOPE_MISSING' })
	})
})
