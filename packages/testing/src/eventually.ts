import { vi } from 'vitest'

/** Waits until `check` passes, and gives what it returns. `interval` is for a check that costs much, in milliseconds. */
export function eventually<T>(
	check: () => T | Promise<T>,
	{ timeout = 60_000, interval = 20 }: { timeout?: number; interval?: number } = {},
): Promise<T> {
	return vi.waitFor(check, { timeout, interval })
}
