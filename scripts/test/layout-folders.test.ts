import { describe, expect, test } from 'vitest'
import { checkLayout } from '../layout/layout.ts'
import { brokenRules, modules } from './planted-shop.ts'

const sentences = (texts: Record<string, string>) =>
	checkLayout(modules(texts)).violations.map(({ sentence }) => sentence)

const files = (count: number, folder: string) =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [`${folder}/file-${index}.ts`, '']))

describe('a folder of source', () => {
	test('has at most 15 files', () => {
		expect(sentences(files(15, 'services/order/src/placing'))).toEqual([])
		expect(sentences(files(16, 'services/order/src/placing'))).toEqual([
			'services/order/src/placing has 16 files. A folder has at most 15, so that it has one reason.',
		])
	})

	test.each(['services/order/test', 'services/order/migrations', 'packages/catalog-api/src/generated/messages'])(
		'is not %s',
		(folder) => {
			expect(sentences(files(16, folder))).toEqual([])
		},
	)

	test('is in no circle, not even by types or through its own subfolder', () => {
		const circle = {
			'services/order/src/placing/place-order.ts': "import '../reading/list-orders.ts'",
			'services/order/src/reading/list-orders.ts': "import './pages/page.ts'",
			'services/order/src/reading/pages/page.ts': "import type { Order } from '../../placing/price.ts'",
		}
		const [sentence, ...more] = sentences(circle)
		expect(more).toEqual([])
		expect(sentence).toContain(
			'services/order/src/placing, services/order/src/reading, services/order/src/reading/pages form a circle',
		)
		expect(sentence).toContain('services/order/src/reading/pages → services/order/src/placing (page.ts → price.ts)')
	})

	test('is in no circle through another package', () => {
		const circle = {
			'packages/database/src/database.ts': "import { createLog } from '@mercat/service/log'",
			'packages/service/src/process/log.ts': "import { sqlState } from '@mercat/database/errors'",
		}
		expect(brokenRules(modules(circle))).toEqual(['folders have no circle'])
	})
})

test('a file has at most 200 lines', () => {
	const lines = (count: number) => 'x\n'.repeat(count)
	expect(sentences({ 'apps/cli/src/start.ts': lines(200) })).toEqual([])
	expect(sentences({ 'apps/cli/src/start.ts': lines(201) })).toEqual([
		'apps/cli/src/start.ts has 201 lines. A file has at most 200.',
	])
	expect(sentences({ 'examples/place-order.ts': lines(201) })).toHaveLength(1)
})

test('figures tell the size of the layout and how much of it is broken', () => {
	const { figures } = checkLayout(modules(files(3, 'apps/cli/src/start')))
	expect(figures).toEqual({
		'folders of source': '1',
		'most files in a folder': '3 (apps/cli/src/start)',
		'folders of more than 15 files': '0',
		'files of more than 200 lines': '0',
		'circles between folders': '0',
		'arrows upwards': '0',
	})
})
