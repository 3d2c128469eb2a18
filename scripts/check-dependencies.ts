// Fails when what we ship has a licence that is not allowed, or when any dependency is deprecated. Reads
// `pnpm licenses list --json` from stdin, and needs no network.
import { readFileSync } from 'node:fs'
import { json } from 'node:stream/consumers'
import { deprecatedPackages, type LicenceListing, refusedLicences } from './dependency-rules.ts'

const lockfile = readFileSync(new URL('../pnpm-lock.yaml', import.meta.url), 'utf8')
const listing = (await json(process.stdin)) as LicenceListing
const problems = [
	...refusedLicences(listing).map((found) => `licence not allowed: ${found}`),
	...deprecatedPackages(lockfile).map((found) => `deprecated: ${found}`),
]
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
