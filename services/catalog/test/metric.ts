import { register } from '@mercat/service/metrics'

/** The value of a metric, such as `name{label="value"}`; 0 before it has one. */
export async function metric(series: string): Promise<number> {
	const line = (await register.metrics()).split('\n').find((text) => text.startsWith(`${series} `))
	return line === undefined ? 0 : Number(line.split(' ').at(-1))
}
