/** Licences that what we ship may have: none asks for more than that its text is kept. */
const allowedLicences = new Set([
	'0BSD',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'CC0-1.0',
	'ISC',
	'MIT',
	'MIT/X11',
	'Unlicense',
])

/** What `pnpm licenses list --json` prints: packages by licence, an SPDX expression where there is one. */
export type LicenceListing = Record<string, { name: string; versions: string[] }[]>

/** The packages whose licence is not allowed, each with its licence. */
export function refusedLicences(listing: LicenceListing): string[] {
	return Object.entries(listing).flatMap(([licence, packages]) =>
		isAllowed(licence) ? [] : packages.map(({ name, versions }) => `${name}@${versions.join()} (${licence})`),
	)
}

// Of several licences to choose from, one is enough.
function isAllowed(expression: string): boolean {
	const choices = expression.replace(/^\((.*)\)$/, '$1').split(' OR ')
	return choices.some((choice) => allowedLicences.has(choice))
}

/** The packages that a lockfile of version 9 records as deprecated, each with its author's words. */
export function deprecatedPackages(lockfile: string): string[] {
	const deprecated: string[] = []
	let name = ''
	for (const line of lockfile.split('\n')) {
		name = /^ {2}'?([^\s'][^']*?)'?:$/.exec(line)?.[1] ?? name
		const words = /^ {4}deprecated: (.*)$/.exec(line)?.[1]
		if (words !== undefined) deprecated.push(`${name} (${words})`)
	}
	return deprecated
}
