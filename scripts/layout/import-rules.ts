import { adapters, edge, pure } from './adapters.ts'
import { computedName, type ImportKind } from './imports.ts'

export type ImportRule = {
	name: string
	/** Globs of the files that the rule is for. `!` excludes. */
	files: string[]
	/** Globs of the modules that these files do not import, by specifier or path. `$own` is the file's own package. */
	imports: string[]
	why: string
	/** The kinds of import that the rule sees: all, unless given. */
	sees?: ImportKind[]
	/** The rule sees relative imports only. */
	relative?: true
	/** Each import that the rule refuses is an arrow from a lower to a higher place. */
	upwards?: true
}

const core = ['services/*/src/*/**', ...except([`services/*/src/${edge}/**`, ...adapters.map(({ files }) => files)])]
const pureTypes = ['@mercat/catalog-api/errors', '@mercat/service/*']

/** The imports that the layout forbids, each with its reason. */
export const importRules: ImportRule[] = [
	{
		name: 'apps are the top floor',
		files: ['{services,packages}/**'],
		imports: ['apps/**'],
		why: 'Apps are the top floor: no service and no package imports an app.',
		upwards: true,
	},
	{
		name: 'packages import no service',
		files: ['packages/**'],
		imports: ['services/**'],
		why: 'Packages are the lowest floor: no package imports a service.',
		upwards: true,
	},
	{
		name: 'services import no service',
		files: ['services/*/src/**'],
		imports: ['services/**', '!$own/**'],
		why: 'Services never import services: they share packages and talk over the network.',
		upwards: true,
	},
	{
		name: 'scripts are for the repository only',
		files: ['{apps,services,packages}/**'],
		imports: ['scripts/**'],
		why: 'The scripts at the root look at the repository from outside: no app, no service and no package imports them.',
		upwards: true,
	},
	{
		name: 'modules have fixed names',
		files: ['{services,packages}/*/src/**'],
		imports: [computedName],
		why: 'The source of services and packages writes the name of each module that it loads, so that the rules can see it.',
	},
	{
		name: 'modules are imported',
		// @mercat/testing finds the folder of a PostgreSQL server by the address of its package.
		files: ['{services,packages}/*/src/**', '!packages/testing/src/**'],
		imports: ['node:module', 'module'],
		why: 'Services and packages load modules by import, never by a require that they make.',
	},
	{
		name: 'examples need only Node',
		// gRPC needs libraries, and the examples of our clients need the clients. Their first lines name them.
		files: ['examples/**', '!examples/{call-catalog,watch-products}.mjs', '!examples/clients/**'],
		imports: ['**', '!node:{*,*/*}'],
		why: 'A reader can copy an example: it imports only node:* modules.',
	},
	{
		name: 'packages are imported by name',
		// The tests at the root are exempt: they compare documents with tables that no package exports.
		files: ['{apps,services,packages,scripts}/**', '!scripts/test/**'],
		imports: ['{apps,services,packages}/**', '!$own/**'],
		why: 'A package is imported by its name and its exports, never by a path into it.',
		sees: ['value', 'type'],
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
		sees: ['value', 'resolved'],
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
		imports: adapters.map(({ files }) => files),
		why: 'Adapters import the core, never the reverse: the core declares the shape of its needs, and an adapter fits it.',
	},
	{
		name: 'the core imports nothing of the edge',
		files: core,
		imports: [`$own/src/${edge}/**`],
		why: 'The core knows no protocol: it imports nothing from the folder of the edge.',
	},
	...adapters.flatMap(({ name, files, touches, avoids, why }): ImportRule[] => [
		{
			name: `the outside of ${name}`,
			files: [files],
			imports: ['**', ...except([...pure, ...touches])],
			why,
		},
		{
			name: `the adapters beside ${name}`,
			files: [files],
			imports: avoids,
			why,
		},
	]),
	{
		name: 'routes load no Fastify',
		files: ['services/*/src/*/**/*-routes.ts'],
		imports: ['fastify'],
		why: 'Routes name types of Fastify only: they add to the app that they are given.',
		sees: ['value', 'resolved'],
	},
]

function except(globs: string[]): string[] {
	return globs.map((glob) => `!${glob}`)
}
