import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import getPort from 'get-port'
import { parse } from 'yaml'
import { eventually } from '../eventually.ts'
import { pathOf, prometheusFolder, read } from './deployed-rules.ts'

export type Series = { metric: Record<string, string>; value: [number, string] }

export type Expression = [name: string, expression: string]

export type EvaluatedRule = { name: string; health: string; lastError?: string; state?: string }

export type Prometheus = AsyncDisposable & {
	/** The present value of an expression. Throws an error with the text of Prometheus when it refuses the expression. */
	query(expression: string): Promise<Series[]>
	/** Those of the named expressions that have no series now. */
	withoutSeries(asked: Expression[]): Promise<Expression[]>
	/** How all rules are. */
	rules(): Promise<EvaluatedRule[]>
}

type ScrapeConfig = { job_name: string; dns_sd_configs?: object[] }

/**
 * Starts a real Prometheus with the configuration of the repository, which scrapes each second the address of each job.
 *
 * @param targets the address for each job. Other jobs are left out
 * @param rules the file of the rules that it evaluates
 */
export async function startPrometheus(targets: Record<string, string>, rules: string): Promise<Prometheus> {
	const folder = mkdtempSync(join(tmpdir(), 'mercat-prometheus-'))
	writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(configOf(targets, rules)))
	const address = `127.0.0.1:${await getPort()}`
	const process = spawn(
		'prometheus',
		[`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=${address}`],
		{ stdio: ['ignore', 'ignore', 'pipe'] },
	)
	let output = ''
	process.stderr.on('data', (chunk) => {
		output = (output + chunk).slice(-10_000)
	})
	const ended = once(process, 'exit')

	/** Asks the HTTP API for `data`. */
	async function get<T>(path: string): Promise<T> {
		const response = await fetch(`http://${address}${path}`)
		const answer = (await response.json()) as { status: string; error?: string; data: T }
		if (answer.status !== 'success') throw new Error(answer.error)
		return answer.data
	}

	const prometheus: Prometheus = {
		query: async (expression) =>
			(await get<{ result: Series[] }>(`/api/v1/query?query=${encodeURIComponent(expression)}`)).result,
		async withoutSeries(asked) {
			const found = await Promise.all(asked.map(([, expression]) => prometheus.query(expression)))
			return asked.filter((_, index) => found[index]?.length === 0)
		},
		async rules() {
			const { groups } = await get<{ groups: { rules: EvaluatedRule[] }[] }>('/api/v1/rules')
			return groups.flatMap((group) => group.rules)
		},
		async [Symbol.asyncDispose]() {
			process.kill('SIGKILL')
			await ended
			rmSync(folder, { recursive: true, force: true })
		},
	}
	await eventually(
		async () => {
			const { status } = await fetch(`http://${address}/-/ready`)
			if (status !== 200) throw new Error('Prometheus is not ready')
		},
		{ interval: 100 },
	).catch(async (error) => {
		await prometheus[Symbol.asyncDispose]()
		throw new Error(`Prometheus did not start: ${output}`, { cause: error })
	})
	return prometheus
}

/** The configuration of the repository, with addresses in place of names that lead to all replicas. */
function configOf(targets: Record<string, string>, rules: string): object {
	const config = parse(read(`${prometheusFolder}/prometheus.yml`))
	return {
		...config,
		global: { scrape_interval: '1s', evaluation_interval: '1s' },
		rule_files: [pathOf(`${prometheusFolder}/${rules}`)],
		scrape_configs: (config.scrape_configs as ScrapeConfig[])
			.filter(({ job_name }) => targets[job_name] !== undefined)
			.map(({ dns_sd_configs: _names, ...scrape }) => ({
				...scrape,
				static_configs: [{ targets: [targets[scrape.job_name]] }],
			})),
	}
}
