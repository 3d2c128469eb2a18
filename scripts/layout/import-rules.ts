import type { ImportKind } from './imports.ts'

export type ImportRule = {
	name: string
	/** Globs of the files that the rule is for. `!` excludes. */
	files: string[]
	/** Globs of the modules that these files do not import, by specifier or path. `$own` is the file's own package. */
	imports: string[]
	why: string
	/** The kinds of import that the rule sees: values and types, unless given. */
	sees?: ImportKind[]
	/** The rule sees relative imports only. */
	relative?: true
	/** Each import that the rule refuses is an arrow from a lower to a higher place. */
	upwards?: true
}

const anyKind: ImportKind[] = ['value', 'type', 'resolved']

const edge = '{http,grpc}'

// Files that touch the outside: most are known by their names, and a few are listed.
const stores = 'services/*/src/*/**/*-store.ts'
const routes = 'services/*/src/*/**/*-routes.ts'
const clients = 'services/*/src/*/**/*-{client,call}.ts'
export const adapters = [
	stores,
	routes,
	clients,
	'services/*/src/*/**/batched-*.ts',
	// It signs tokens.
	'services/order/src/catalog/catalog-token.ts',
	// It registers the plugins that show the documentation.
	'services/order/src/operations/docs.ts',
	// It posts to webhooks.
	'services/order/src/outbox/deliver-webhook.ts',
	// It runs the relays in the background and publishes their gauges.
	'services/order/src/outbox/relays.ts',
]
const core = ['services/*/src/*/**', `!services/*/src/${edge}/**`, ...adapters.map((glob) => `!${glob}`)]

// Modules that touch nothing outside: contracts, arithmetic, memory and time.
const pure = [
	'$own/**',
	'@mercat/catalog-api/{amounts,currencies,identifiers,timestamps,messages/*}',
	'@mercat/order-api/*',
	'@mercat/service/{backoff,budget,drain-batches}',
	'@sinclair/typebox',
	'canonicalize',
	'lru-cache',
	'node:{crypto,timers/promises,util}',
]
const pureTypes = ['@mercat/catalog-api/errors', '@mercat/service/*']
const except = (globs: string[]): string[] => globs.map((glob) => `!${glob}`)

/** The imports that the layout forbids, each with its reason. */
export const importRules: ImportRule[] = [
	{
		name: 'apps are the top floor',
		files: ['{services,packages}/**'],
		imports: ['apps/**'],
		why: 'Apps are the top floor: no service and no package imports an app.',
		sees: anyKind,
		upwards: true,
	},
	{
		name: 'packages import no service',
		files: ['packages/**'],
		imports: ['services/**'],
		why: 'Packages are the lowest floor: no package imports a service.',
		sees: anyKind,
		upwards: true,
	},
	{
		name: 'services import no service',
		files: ['services/*/src/**'],
		imports: ['services/**', '!$own/**'],
		why: 'Services never import services: they share packages and talk over the network.',
		sees: anyKind,
		upwards: true,
	},
	{
		name: 'packages are imported by name',
		files: ['{apps,services,packages}/**'],
		imports: ['{apps,services,packages}/**', '!$own/**'],
		why: 'A package is imported by its name and its exports, never by a path into it.',
		relative: true,
	},
	{
		name: 'folders do not import the root',
		files: ['services/*/src/*/**'],
		imports: ['$own/src/*.ts'],
		why: 'The root of a service assembles its folders: no folder imports the root.',
		upwards: true,
	},
	{
		name: 'the edge imports no capability',
		files: [`services/*/src/${edge}/**`],
		imports: ['$own/src/*/**', `!$own/src/{errors,http,grpc}/**`],
		why: 'The edge knows the protocol and the errors that it answers: it imports no capability folder.',
		upwards: true,
	},
	{
		name: 'the core loads nothing from outside',
		files: core,
		imports: ['**', ...except(pure)],
		why: 'In a capability folder only *-store, *-routes, *-client, *-call and batched-* touch the outside. The core declares its needs, and adapters fit them.',
		sees: ['value'],
	},
	{
		name: 'the core names no type from outside',
		files: core,
		imports: ['**', ...except([...pure, ...pureTypes])],
		why: 'The core names no type of a library or a driver: it declares the shape of its needs itself.',
		sees: ['type'],
	},
	{
		name: 'the core imports no adapter',
		files: core,
		imports: adapters,
		why: 'Adapters import the core, never the reverse: the core declares the shape of its needs, and an adapter fits it.',
	},
	{
		name: 'the core imports nothing of the edge',
		files: core,
		imports: [`$own/src/${edge}/**`],
		why: 'The core knows no protocol: it imports nothing from the folder of the edge.',
	},
	{
		name: 'stores know only the database',
		files: [stores],
		imports: [
			'{fastify,@fastify/**,@grpc/**,node:http,node:net}',
			`$own/src/${edge}/**`,
			'$own/src/**/*-{routes,client,call}.ts',
		],
		why: 'A store holds SQL and nothing else: it imports no protocol, no route and no client.',
	},
	{
		name: 'routes know only HTTP',
		files: [routes],
		imports: ['{pg,@mercat/database/**,@grpc/**}', '$own/src/**/{*-store,*-client,*-call,batched-*}.ts'],
		why: 'Routes declare their needs: they import no database, no store and no client.',
	},
	{
		name: 'clients know only their peer',
		files: [clients],
		imports: ['{pg,@mercat/database/**,fastify,@fastify/**}', `$own/src/${edge}/**`, '$own/src/**/*-{store,routes}.ts'],
		why: 'A client makes calls and nothing else: it imports no database, no store and no route.',
	},
]
