import { expect, test } from 'vitest'
import { auditInProcess, type Changes, copyDatabases } from './audit-databases.ts'
import type { HealthyShop } from './healthy-shop.ts'
import type { AuditedShop } from './use-healthy-shop.ts'

/** Texts that the line of each broken invariant must match. All other invariants must hold. */
type Findings = Record<number, (string | RegExp)[]>

/** `when` says what the changes do. */
export type Breach = [when: string, changes: (shop: HealthyShop) => Changes, findings: (shop: HealthyShop) => Findings]
export type AcceptedState = [when: string, changes: (shop: HealthyShop) => Changes]

/** A test for each breach: the audit reports it, and reports no other breach. */
export function testBreaches(healthy: AuditedShop, breaches: Breach[]): void {
	test.concurrent.each(breaches)('The audit reports a breach when %s', async (_when, changes, findings) => {
		await using copy = await copyDatabases(healthy.urls, changes(healthy.shop))
		const result = await auditInProcess(copy.urls)
		const expected = findings(healthy.shop)
		expect([result.exitCode, Object.keys(result.broken)]).toEqual([1, Object.keys(expected)])
		for (const [invariant, texts] of Object.entries(expected)) {
			for (const text of texts) expect(result.broken[Number(invariant)]).toMatch(text)
		}
	})
}

/** A test for each state that looks wrong and is not: the audit reports nothing. */
export function testAcceptedStates(healthy: AuditedShop, states: AcceptedState[]): void {
	test.concurrent.each(states)('The audit reports no breach when %s', async (_when, changes) => {
		await using copy = await copyDatabases(healthy.urls, changes(healthy.shop))
		expect(await auditInProcess(copy.urls)).toEqual({ exitCode: 0, stderr: '', broken: {} })
	})
}
