import { backoffMs } from '@mercat/service/backoff'

const firstWaitMs = 1_000
const longestWaitMs = 30_000

/** Whether the same request may be answered otherwise later. */
export function mayPass(status: number): boolean {
	return status === 408 || status === 429 || (status >= 500 && status !== 501)
}

/** The wait after so many failures, where the service asks for none. */
export function usualWaitMs(failures: number): number {
	return backoffMs(failures, firstWaitMs, longestWaitMs)
}
