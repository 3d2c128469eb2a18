import { writeFileSync } from 'node:fs'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop } from '../prices/open-shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
	shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

const synonyms = (...args: string[]) => shop.run('synonyms', ...args)
const done = (stdout: string) => ({ exitCode: 0, stdout, stderr: '' })
const fault = (text: string) => ({ exitCode: 2, stdout: '', stderr: `mercat: ${text}\n` })

test('mercat synonyms import replaces all rules, and list prints them as a file', async () => {
	const path = shop.write('synonyms.txt', '\uFEFF# ours\r\ncouch, sofa, settee\r\n\r\ntv => television, telly\r\n')
	expect(await synonyms('import', path)).toEqual(done('2 rules imported\n'))
	expect(await synonyms('list')).toEqual(done('couch, sofa, settee\ntv => television, telly\n'))
	expect(await synonyms('import', path)).toEqual(done('2 rules, which the catalog has already\n'))
	expect(await synonyms('import', shop.write('one.txt', 'mug, cup'))).toEqual(done('1 rule imported\n'))
	expect(await synonyms('list')).toEqual(done('mug, cup\n'))
	expect(await synonyms('import', shop.write('none.txt', '# nothing'))).toEqual(done('0 rules imported\n'))
	expect(await synonyms('list')).toEqual(done(''))
})

test('a rule at fault is named by its line, and nothing changes', async () => {
	const unread = shop.write('unread.txt', 'a, b\n\n# c\nalone\n')
	expect(await synonyms('import', unread)).toEqual(fault(`${unread}, line 4: must have at least 2 words`))
	const refused = shop.write('refused.txt', '# first\na, b\nc, d => e, +-\n')
	expect(await synonyms('import', refused)).toEqual(fault(`${refused}, line 3: word 2 must have a letter or a digit`))
	const left = shop.write('left.txt', '?! => b\n')
	expect(await synonyms('import', left)).toEqual(
		fault(`${left}, line 1: word 1 before "=>" must have a letter or a digit`),
	)
	const wide = shop.write('wide.txt', Array.from({ length: 21 }, (_, index) => `w${index}`).join())
	expect(await synonyms('import', wide)).toEqual(fault(`${wide}, line 1: must have at most 20 words`))
	const long = shop.write('long.txt', 'a, b\n'.repeat(10_001))
	expect(await synonyms('import', long)).toEqual(fault(`${long} must have at most 10000 rules`))
	const large = shop.write('large.txt', `${'a'.repeat(1_000)}, b\n`.repeat(4_000))
	expect(await synonyms('import', large)).toEqual(fault(`${large} must have at most 4 MB`))
	expect(await synonyms('list')).toEqual(done(''))
})

test('a rule that says nothing, and a file that is not in UTF-8, are refused', async () => {
	const same = shop.write('same.txt', 'tv, telly\nMug, mug\n')
	expect(await synonyms('import', same)).toEqual(fault(`${same}, line 2: must have 2 different words`))
	const latin = shop.write('latin.txt', '')
	writeFileSync(latin, Buffer.from('Öl, huile\n', 'latin1'))
	const { exitCode, stderr } = await synonyms('import', latin)
	expect([exitCode, stderr]).toEqual([1, `mercat: ${latin} must be in UTF-8\n`])
	expect(await synonyms('list')).toEqual(done(''))
})

test('a file that is not there is named', async () => {
	const { exitCode, stderr } = await synonyms('import', '/nowhere/synonyms.txt')
	expect([exitCode, stderr]).toEqual([1, 'mercat: /nowhere/synonyms.txt does not exist\n'])
})

test('a catalog that does not answer is named', async () => {
	const { exitCode, stderr } = await runMercat(['synonyms', 'list', '--catalog', '127.0.0.1:1'])
	expect([exitCode, stderr]).toEqual([1, expect.stringContaining('the catalog at 127.0.0.1:1 does not answer')])
})

test('mercat synonyms import without a file is a usage error', async () => {
	expect((await runMercat(['synonyms', 'import'])).exitCode).toBe(2)
})
