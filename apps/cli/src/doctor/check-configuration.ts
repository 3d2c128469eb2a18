import { catalogVariables, readCatalogConfig } from '@mercat/catalog/config'
import { marketVariables, readMarketConfig } from '@mercat/market/config'
import { orderVariables, readOrderConfig } from '@mercat/order/config'
import { developmentSecret } from '@mercat/service/config'
import { ConfigError } from '@mercat/service/variables'
import { CommandError } from '../command/command-error.ts'
import { readStartSettings, startVariables } from '../start/start-settings.ts'
import { type Finding, fine, wrong } from './finding.ts'
import { nearMisses } from './near-misses.ts'

const subject = 'configuration'

const knownVariables = [
	...orderVariables,
	...catalogVariables,
	...marketVariables,
	...startVariables,
	'MERCAT_TOKEN',
	'POSTGRES_PASSWORD',
]

/**
 * Reads the variables as `mercat start` and the services would read them. A name that is almost that of a variable is
 * told, too.
 */
export function checkConfiguration(env: NodeJS.ProcessEnv): Finding {
	const usesJwks = isSet('JWT_JWKS_URL', env)
	const hasSecret = isSet('JWT_SECRET', env)
	// What `mercat start` and compose give to the services.
	const given = {
		DATABASE_URL: 'pglite:memory',
		CATALOG_ADDRESS: '127.0.0.1:50051',
		...(!usesJwks && { JWT_SECRET: developmentSecret }),
	}
	const serviceEnv = { ...env }
	for (const [name, value] of Object.entries(given)) if (!isSet(name, env)) serviceEnv[name] = value
	const ofCatalog = problemsOf(() => readCatalogConfig(serviceEnv))
	const ofMarket = env['MARKET'] === 'false' ? [] : problemsOf(() => readMarketConfig(serviceEnv))
	const problems = new Set([
		...(usesJwks ? [] : problemsOf(() => readStartSettings(env))),
		...problemsOf(() => readOrderConfig(serviceEnv)),
		// Both serve gRPC. What they have in common is told once, below.
		...ofMarket.filter((problem) => !ofCatalog.includes(problem)),
	])
	if (problems.size > 0)
		return wrong(subject, `${[...problems].join('; ')}: correct this in the environment or in .env`)
	const notes: string[] = []
	if (!usesJwks && !hasSecret)
		notes.push(
			'tokens are signed with the development secret, which is public: set JWT_SECRET before others can reach the services',
		)
	// A caller needs no certificate, and this may be the machine of a caller.
	for (const problem of ofCatalog) notes.push(`where the catalog runs, ${problem}`)
	for (const [name, meant] of nearMisses(Object.keys(env), knownVariables))
		notes.push(`${name} is not read: is it ${meant}?`)
	return fine(subject, ['all variables are valid', ...notes].join('; '))
}

function isSet(name: string, env: NodeJS.ProcessEnv): boolean {
	return Boolean(env[name] || env[`${name}_FILE`])
}

function problemsOf(read: () => unknown): readonly string[] {
	try {
		read()
		return []
	} catch (error) {
		if (error instanceof ConfigError) return error.problems
		if (error instanceof CommandError) return [error.message]
		throw error
	}
}
