import { judgedProducts, judgedQueries, judgedSynonyms } from '@mercat/catalog/testing/judged-set'
import { byKind, type JudgedAnswer, meanQuality, type Quality } from '@mercat/catalog/testing/search-quality'
import { callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { startCatalog } from '../contestants/start-catalog.ts'
import { table } from '../report/table.ts'
import type { Bench } from '../running/bench.ts'
import type { Measurement, Result, Target } from '../running/measurement.ts'
import { importUpserts, staffToken } from './import-upserts.ts'
import { createMiniSearch } from './mini-search.ts'

const timeoutMs = 20_000

/** The quality of the search over the judged set, beside MiniSearch. Reports it by the kind of the queries, too. */
export async function measureQuality(bench: Bench): Promise<Measurement[]> {
	const products = judgedProducts()
	const queries = judgedQueries()
	const miniSearch = createMiniSearch(products)
	const byMiniSearch = queries.map((judged): JudgedAnswer => ({ judged, found: miniSearch(judged.query) }))
	const byMercat: JudgedAnswer[] = []
	await using catalog = await startCatalog(bench, bench.own)
	const clients = createCatalogClients(catalog.address)
	try {
		const token = staffToken(bench.secret)
		await importUpserts(clients.catalog, products, token)
		await callUnary(clients.catalog, catalogRpcs.ImportSynonyms, { rules: judgedSynonyms() }, { timeoutMs, token })
		for (const judged of queries) {
			const request = { query: judged.query, pageSize: 10 }
			const response = await callUnary(clients.catalog, catalogRpcs.SearchProducts, request, { timeoutMs })
			byMercat.push({ judged, found: response.products.map(({ sku }) => sku) })
		}
	} finally {
		clients.close()
	}
	bench.report(kindTable(byMercat, byMiniSearch))
	return [
		...compared('nDCG@10', 'ndcg', byMercat, byMiniSearch, {
			least: { bound: 'at least', value: 0.85, aim: 0.93 },
			above: { bound: 'at least', value: 0.05, aim: 0.12 },
		}),
		...compared('recall@10', 'recall', byMercat, byMiniSearch),
		firstHits(byMercat, byMiniSearch),
	]
}

function compared(
	name: string,
	figure: keyof Quality,
	byMercat: JudgedAnswer[],
	byMiniSearch: JudgedAnswer[],
	targets: { least?: Target; above?: Target } = {},
): Measurement[] {
	const [mercat, miniSearch] = [meanQuality(byMercat)[figure], meanQuality(byMiniSearch)[figure]]
	const title = `${name} of ${byMercat.length} judged queries`
	return [
		{
			title,
			unit: 'of 1',
			results: [toResult('mercat', mercat), toResult('MiniSearch', miniSearch)],
			comparisons: [
				{ of: 'mercat', target: targets.least },
				{ of: 'mercat', to: 'MiniSearch' },
			],
		},
		{
			title: `${title}, above MiniSearch`,
			unit: 'of 1',
			results: [toResult('mercat', mercat - miniSearch)],
			comparisons: [{ of: 'mercat', target: targets.above }],
		},
	]
}

function firstHits(byMercat: JudgedAnswer[], byMiniSearch: JudgedAnswer[]): Measurement {
	const percent = (answers: JudgedAnswer[]) => 100 * meanQuality(byKind(answers).get('typo') ?? []).rightFirst
	return {
		title: 'Queries with one typo that have the right first hit',
		unit: '%',
		results: [toResult('mercat', percent(byMercat)), toResult('MiniSearch', percent(byMiniSearch))],
		comparisons: [
			{ of: 'mercat', target: { bound: 'at least', value: 90, aim: 97 } },
			{ of: 'mercat', to: 'MiniSearch' },
		],
	}
}

function kindTable(byMercat: JudgedAnswer[], byMiniSearch: JudgedAnswer[]): string {
	const others = byKind(byMiniSearch)
	const rows = [...byKind(byMercat)].map(([kind, answers]) => {
		const [mercat, miniSearch] = [meanQuality(answers), meanQuality(others.get(kind) ?? [])]
		const pair = (figure: keyof Quality) => `${mercat[figure].toFixed(3)} : ${miniSearch[figure].toFixed(3)}`
		return [kind, String(answers.length), pair('ndcg'), pair('recall'), pair('rightFirst')]
	})
	return table(['mercat : MiniSearch', 'queries', 'nDCG@10', 'recall@10', 'right first hit'], rows)
}

function toResult(contestant: string, value: number): Result {
	return { contestant, values: [value], failures: {}, cpuMicros: {} }
}
