import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

export type Rule = { expr: string; annotations?: { summary: string; runbook: string } } & (
	| { record: string; alert?: undefined }
	| { record?: undefined; alert: string }
)
export type Alert = Rule & { alert: string }

/** The path of a file of the repository. */
export const pathOf = (file: string): string => fileURLToPath(new URL(`../../../../${file}`, import.meta.url))

/** The text of a file of the repository. */
export const read = (file: string): string => readFileSync(pathOf(file), 'utf8')

export const prometheusFolder = 'deploy/observability/prometheus'

/** The rules of Prometheus in a file of the repository, such as `rules.yml`. */
export function readRules(file: string): { rules: Rule[]; alerts: Alert[] } {
	const { groups } = parse(read(`${prometheusFolder}/${file}`)) as { groups: { rules: Rule[] }[] }
	const rules = groups.flatMap((group) => group.rules)
	return { rules, alerts: rules.filter((rule): rule is Alert => rule.alert !== undefined) }
}

type Panel = { title: string; targets?: { expr: string }[] }

/** The queries of a dashboard of the repository, such as `mercat.json`, each with the title of its panel. */
export function readQueries(dashboard: string): [title: string, expression: string][] {
	const { panels }: { panels: Panel[] } = JSON.parse(read(`deploy/observability/grafana/dashboards/${dashboard}`))
	// Grafana puts an interval in place of the variable. It must be longer than the traffic of a test takes.
	return panels.flatMap(({ title, targets = [] }) =>
		targets.map(({ expr }): [string, string] => [title, expr.replaceAll('$__rate_interval', '5m')]),
	)
}

const operators = new Set(['and', 'or', 'unless'])

/** The names of the metrics that an expression reads. */
export function metricsIn(expression: string): string[] {
	const bare = expression.replaceAll(/\{[^}]*\}|\[[^\]]*\]|\b(?:by|without) \([^)]*\)|\boffset \w+/g, ' ')
	const names = [...bare.matchAll(/[a-zA-Z_:][\w:]*(?!\w|:|\s*\()/g)].map(([name]) => name)
	return [...new Set(names)].filter((name) => !operators.has(name))
}
