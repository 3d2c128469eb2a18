import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { marketLines, welcome } from '../../apps/cli/src/start/welcome.ts'
import { optionalFields, requiredFields } from '../../packages/product-files/src/mapping/product-fields.ts'
import { productFileErrorCodes } from '../../packages/product-files/src/product-file-error.ts'
import { recordRules } from '../../packages/product-files/src/records/record-rules.ts'
import { fieldRules, formatRules } from '../../packages/product-files/src/values/row-error.ts'
import { marketProblems } from '../../packages/rest-api/src/problems/market-problems.ts'
import { problemsOfService, problemTable } from '../../packages/rest-api/src/problems/problem-table.ts'
import { developmentSecret } from '../../packages/service/src/configuration/config.ts'
import { readCatalogConfig } from '../../services/catalog/src/config.ts'
import { ownRules } from '../../services/catalog/src/held-prices/judge-price.ts'
import { readMarketConfig } from '../../services/market/src/config.ts'
import { readOrderConfig } from '../../services/order/src/config.ts'
import { grpcErrors } from './grpc-errors.ts'
import { filesOf, read, root, sectionOf, tableRows } from './repository-files.ts'

describe('every document', () => {
	const documents = filesOf('**/*.md')

	test('is among those that are checked', () => {
		expect(documents).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']))
		expect(documents.filter((path) => path.startsWith('docs/')).length).toBeGreaterThanOrEqual(8)
	})

	test.each(documents)('%s links to files and headings that exist', (path) => {
		expect(linksOf(read(path)).filter((link) => !leadsSomewhere(path, link))).toEqual([])
	})

	test.each(documents)('%s speaks of no folder of one machine', (path) => {
		expect(read(path).match(/(?<![\w/.])\/(?:home|root|tmp|work|Users)\/[\w.-]+/g) ?? []).toEqual([])
	})

	test('finds a link that leads nowhere', () => {
		const text =
			'See [a](docs/none.md), [b](#no-such-heading) and `[c](code.md)`.\n```\n[d](block.md)\n```\n![e](none.svg)'
		expect(linksOf(text)).toEqual(['docs/none.md', '#no-such-heading', 'none.svg'])
		expect(linksOf(text).filter((link) => leadsSomewhere('README.md', link))).toEqual([])
		expect(leadsSomewhere('docs/api.md', '../README.md')).toBe(true)
	})
})

describe('README.md', () => {
	test('has at most 900 words', () => {
		expect(read('README.md').split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(900)
	})

	test('quotes what `mercat start` prints', () => {
		const signingKey = { secret: developmentSecret, issuer: 'mercat', audience: 'mercat' }
		const addresses = { catalog: '127.0.0.1:50051', order: '127.0.0.1:8080' }
		const market = marketLines({ rest: '127.0.0.1:8090', grpc: '127.0.0.1:50052' })
		const printed = `${welcome(addresses, signingKey, { hasConsole: true, demo: true })}\n${market}`
		const withoutSecrets = (text: string) =>
			text.replaceAll(/eyJ[\w.-]+/g, '…').replaceAll(/(?<=idempotency-key: )[0-9a-f-]+/g, '…')
		expect(withoutSecrets(read('README.md'))).toContain(withoutSecrets(printed))
	})
})

describe('every variable of the configuration', () => {
	const variables = configurationVariables()

	test('is found in the code', () => {
		expect(variables).toEqual(
			expect.arrayContaining([
				'DATABASE_URL',
				'CATALOG_ADDRESS',
				'PORT',
				'DATA_DIR',
				'MERCAT_TOKEN',
				'POSTGRES_PASSWORD',
			]),
		)
	})

	test.each(variables)('%s is explained in docs/configuration.md', (name) => {
		expect(read('docs/configuration.md')).toMatch(new RegExp(`^\\|[^|]*\`${name}\`[^|]*\\|`, 'm'))
	})

	test.each(variables)('%s is in .env.example', (name) => {
		expect(read('.env.example')).toMatch(new RegExp(`^# ${name}=`, 'm'))
	})
})

describe('.env.example', () => {
	const text = read('.env.example')
	const offered = parseEnv(text.replaceAll(/^# (?=[A-Z][A-Z0-9_]*=)/gm, ''))

	test('changes nothing as it is: every line is a comment', () => {
		expect(parseEnv(text)).toEqual({})
	})

	test('offers only variables that are read', () => {
		const known = configurationVariables()
		expect(Object.keys(offered).filter((name) => !known.includes(name))).toEqual([])
	})

	test.each([
		['the catalog', readCatalogConfig],
		['the order service', readOrderConfig],
		['the market service', readMarketConfig],
	])('offers the defaults of %s', (_service, readConfig) => {
		const required = { JWT_SECRET: developmentSecret, DATABASE_URL: 'pglite:memory', CATALOG_ADDRESS: 'dns:///catalog' }
		expect(readConfig({ ...offered, ...required })).toEqual(readConfig(required))
	})
})

test.each([...requiredFields, ...optionalFields, 'attributes'])(
	'%s is explained in docs/product-files.md, with whether it is required',
	(field) => {
		const isRequired = requiredFields.includes(field) ? 'yes' : 'no'
		expect(read('docs/product-files.md')).toMatch(new RegExp(`^\\|[^|]*\`${field}\`[^|]*\\| ${isRequired} \\|`, 'm'))
	},
)

describe('every rule of rows', () => {
	const reasons = [...sectionOf('docs/grpc.md', 'Importing').matchAll(/^- `([A-Z_]+)`:/gm)].map(
		([, reason]) => `${reason}`,
	)
	const ofCatalog = [...reasons, ...ownRules]
	const rules = new Set<string>([...recordRules, ...fieldRules, ...formatRules, 'ROW_TOO_LONG', ...ofCatalog])

	test('has those of the catalog', () => {
		expect(reasons).toEqual(expect.arrayContaining(['INVALID_REQUEST', 'STOCK_HELD']))
	})

	test.each([...rules])('%s is explained in docs/product-files.md', (rule) => {
		expect(tableRows(sectionOf('docs/product-files.md', 'Rules'), rule)).toHaveLength(1)
	})
})

test.each([...productFileErrorCodes])('the code %s of a file is explained in docs/product-files.md', (code) => {
	expect(tableRows(sectionOf('docs/product-files.md', 'How a file is read'), code)).toHaveLength(1)
})

test.each(['receive-webhooks.ts', 'receive_webhooks.py'])('docs/api.md shows examples/%s as it is', (name) => {
	expect(read('docs/api.md')).toContain(
		`\`\`\`${name.endsWith('.py') ? 'python' : 'ts'}\n${read(`examples/${name}`)}\`\`\`\n`,
	)
})

test.each([
	['call_catalog.py', 'python'],
	['call_catalog.go', 'go'],
	['CallCatalog.java', 'java'],
	['call-catalog.mjs', 'js'],
])('docs/grpc-callers.md shows examples/%s as it is', (name, language) => {
	expect(read('docs/grpc-callers.md')).toContain(`\`\`\`${language}\n${read(`examples/${name}`)}\`\`\`\n`)
})

test.each([
	['watch_products.py', 'python'],
	['watch-products.mjs', 'js'],
])('docs/watch.md shows examples/%s as it is', (name, language) => {
	expect(read('docs/watch.md')).toContain(`\`\`\`${language}\n${read(`examples/${name}`)}\`\`\`\n`)
})

test('docs/clients.md shows examples/clients/stock.mjs as it is', () => {
	expect(read('docs/clients.md')).toContain(`\`\`\`js\n${read('examples/clients/stock.mjs')}\`\`\`\n`)
})

test('docs/operations.md quotes what `mercat audit` prints', () => {
	const sources = ['audit', 'audit-market'].map((name) => read(`apps/cli/src/audit/${name}.ts`)).join('\n')
	const titles = [...sources.matchAll(/^\t\d+: '(.+)',$/gm)].map(([, title]) => title)
	expect(titles).toHaveLength(15)
	expect([...read('docs/operations.md').matchAll(/^\d+ ok {6}(.+)$/gm)].map(([, title]) => title)).toEqual(titles)
})

describe('every code', () => {
	test.each(Object.entries(problemTable))('%s of a problem is explained where the API is', (code, { status }) => {
		const document = Object.hasOwn(marketProblems, code) ? 'docs/live.md' : 'docs/api.md'
		expect(tableRows(read(document), code)).toEqual([
			expect.stringMatching(new RegExp(`^\\| \`${code}\` \\| ${status} \\|`)),
		])
	})

	const sources = filesOf('services/order/src/**/*.ts').map(read).join('\n')
	const sent = [...sources.matchAll(/new Problem\('([A-Z_]+)', \{\s*(\w+)/g)]
	const memberOf = new Map(sent.map(([, code, member]) => [code as string, member as string]))

	test('of a problem with members of its own is found', () => {
		expect(memberOf.size).toBe(10)
	})

	test.each([...memberOf])('%s of a problem has its member `%s` in docs/api.md', (code, member) => {
		const rows = read('docs/api.md').match(new RegExp(`^\\| .+ \\| \`${code}\` \\| .+ \\|$`, 'gm'))
		expect(rows).toEqual([expect.stringContaining(`| \`${member}\`: `)])
	})

	test('of a problem in docs/api.md is one that the order service sends', () => {
		const codes = [...read('docs/api.md').matchAll(/^\| `([A-Z_]+)` \| \d{3} \|/gm)].map(([, code]) => code)
		const sent: readonly (string | undefined)[] = problemsOfService.order
		expect(codes.filter((code) => !sent.includes(code))).toEqual([])
	})

	test.each(Object.entries(grpcErrors))('%s over gRPC is explained in docs/grpc.md', (reason, { status }) => {
		expect(tableRows(read('docs/grpc.md'), reason)).toEqual([
			expect.stringMatching(new RegExp(`^\\| \`${reason}\` \\| \`${status}\` \\|`)),
		])
	})

	test('in docs/grpc.md is one that a service sends', () => {
		const reasons = [...read('docs/grpc.md').matchAll(/^\| `([A-Z_]+)` \| `[A-Z_]+` \|/gm)].map(([, reason]) => reason)
		expect(reasons.filter((reason) => !Object.hasOwn(grpcErrors, reason as string))).toEqual([])
	})
})

/** The targets of a document's links, those to other sites and those in code left out. */
function linksOf(markdown: string): string[] {
	const text = markdown.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '')
	const inline = [...text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)]
	const references = [...text.matchAll(/^\[[^\]]+\]:\s+(\S+)/gm)]
	const targets = [...inline, ...references].map(([, target]) => target as string)
	return targets.filter((target) => !/^(https?|mailto):/.test(target))
}

function leadsSomewhere(document: string, link: string): boolean {
	const [path = '', heading] = link.split('#')
	const target = path === '' ? document : join(dirname(document), decodeURI(path))
	if (path.startsWith('/') || statSync(join(root, target), { throwIfNoEntry: false }) === undefined) return false
	return heading === undefined || anchorsOf(read(target)).includes(heading)
}

/** The anchors that GitHub gives the headings of a document. */
function anchorsOf(markdown: string): string[] {
	const text = markdown.replaceAll(/^```[\s\S]*?^```$/gm, '')
	const anchors = [...text.matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading]) =>
		(heading as string)
			.toLowerCase()
			.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
			.trim()
			.replaceAll(' ', '-'),
	)
	return anchors.map((anchor, index) => {
		const earlier = anchors.slice(0, index).filter((other) => other === anchor).length
		return earlier === 0 ? anchor : `${anchor}-${earlier}`
	})
}

/** The names that the services, the command and `docker-compose.yml` read from the environment. */
function configurationVariables(): string[] {
	const names = filesOf('{services,packages,apps}/*/src/**/*.ts').flatMap((path) => {
		if (/^(apps\/bench|packages\/testing)\//.test(path)) return []
		const source = read(path)
		const byName = [...source.matchAll(/\benv\[['"]([A-Z][A-Z0-9_]*)['"]\]/g)]
		const specified = /from '(@mercat\/service|\.)\/variables(\.ts)?'/.test(source)
			? [...source.matchAll(/\b([A-Z][A-Z0-9_]{2,}): \w+\(/g)]
			: []
		return [...byName, ...specified].map(([, name]) => name as string)
	})
	const composed = [...read('docker-compose.yml').matchAll(/\$\{([A-Z][A-Z0-9_]*)|^ +([A-Z][A-Z0-9_]*):$/gm)]
	return [...new Set([...names, ...composed.map(([, used, passedOn]) => (used ?? passedOn) as string)])].sort()
}
