import { spawnSync } from 'node:child_process'
import { describe } from 'vitest'

const missing = ['promtool', 'prometheus'].filter((program) => spawnSync(program, ['--version']).status !== 0)

/**
 * Tests that need Prometheus, such as Debian's package `prometheus`. Where it is not installed they are left out, which their
 * title says. Continuous integration installs it, so it fails there without it.
 */
export function withPrometheus(name: string, tests: () => void): void {
	const lack = `there is no ${missing.join(' and no ')}`
	if (missing.length > 0 && process.env['CI'] !== undefined) throw new Error(lack)
	if (missing.length > 0) console.warn(`the tests of ${name} are left out, because ${lack}`)
	describe.skipIf(missing.length > 0)(missing.length > 0 ? `${name} (left out: ${lack})` : name, tests)
}
