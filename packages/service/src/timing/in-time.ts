import type { Budget } from './budget.ts'

const longestTimerMs = 2 ** 31 - 1

/**
 * Waits for work that has another budget, such as work that others wait for, too. The work itself goes on.
 *
 * @param outOfTime the error when the work goes on for longer than the budget
 */
export async function inTime<T>(
	budget: Pick<Budget, 'remainingMs'>,
	work: Promise<T>,
	outOfTime: () => Error,
): Promise<T> {
	const { promise: late, reject } = Promise.withResolvers<never>()
	const timer = setTimeout(() => reject(outOfTime()), Math.max(0, Math.min(budget.remainingMs(), longestTimerMs)))
	try {
		return await Promise.race([work, late])
	} finally {
		clearTimeout(timer)
	}
}
