import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { pathOf, prometheusFolder, read, readRules } from '@mercat/testing/deployed-rules'
import { withPrometheus } from '@mercat/testing/with-prometheus'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

type Case = { alertname: string; exp_alerts?: unknown[] }

const promtool = (...args: string[]) => promisify(execFile)('promtool', args, { cwd: pathOf(prometheusFolder) })

withPrometheus('the files of Prometheus', () => {
	test.each([
		['check', 'rules', '--lint=all', '--lint-fatal', 'rules.yml', 'market-rules.yml'],
		['check', 'config', '--lint=all', '--lint-fatal', 'prometheus.yml'],
		['test', 'rules', 'rules.test.yml', 'market-rules.test.yml'],
	])('promtool %s %s finds no fault', async (...args) => {
		expect(await promtool(...args)).toMatchObject({ stdout: expect.stringContaining('SUCCESS') })
	})
})

describe.each([
	{ file: 'rules.yml', tests: 'rules.test.yml', least: 12 },
	{ file: 'market-rules.yml', tests: 'market-rules.test.yml', least: 7 },
])('each alert of $file', ({ file, tests, least }) => {
	const { alerts } = readRules(file)
	const operations = read('docs/operations.md')
	const cases: Case[] = parse(read(`${prometheusFolder}/${tests}`)).tests.flatMap(
		(group: { alert_rule_test: Case[] }) => group.alert_rule_test,
	)

	test('is found', () => {
		expect(alerts.length).toBeGreaterThanOrEqual(least)
	})

	test.each(alerts.map(({ alert, annotations }) => [alert, annotations?.runbook ?? 'no runbook']))(
		'%s has a paragraph in %s',
		(_alert, runbook) => {
			const [file, anchor] = runbook.split('#')
			expect(file).toBe('docs/operations.md')
			const sections = operations.split(/^#+ /m).filter((section) => anchorOf(section) === anchor)
			expect(sections.map((section) => section.split('\n\n')[1])).toEqual([expect.stringMatching(/^[^#].{40}/)])
		},
	)

	test.each(alerts.map(({ alert }) => alert))(
		'%s has a case in the tests of the rules where it fires, and one where it does not',
		(alert) => {
			const expected = cases
				.filter(({ alertname }) => alertname === alert)
				.map(({ exp_alerts = [] }) => exp_alerts.length)
			expect(expected).toContain(0)
			expect(expected).toContain(1)
		},
	)
})

/** The anchor that a heading has on the page. */
function anchorOf(section: string): string {
	const [heading = ''] = section.split('\n')
	return heading
		.toLowerCase()
		.replaceAll(/[^\w -]/g, '')
		.replaceAll(' ', '-')
}
