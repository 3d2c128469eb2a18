import { register } from '@mercat/service/metrics'
import { readSamples, readValue } from '@mercat/testing/read-samples'

/** The value of a metric with these labels; 0 before it has one. */
export async function metric(name: string, labels: Record<string, string> = {}): Promise<number> {
	return readValue(readSamples(await register.metrics()), name, labels) ?? 0
}
