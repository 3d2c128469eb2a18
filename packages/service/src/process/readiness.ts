/** What a service needs to be ready: for each check, the sentence that is true when the check fails. */
export type ReadinessChecks = Record<string, () => boolean | Promise<boolean>>

export type Readiness = {
	/** The sentences of the checks that fail now. None when the service is ready. */
	missing(): Promise<string[]>
	isReady(): Promise<boolean>
}

/** Readiness by checks, which run at the same time. */
export function createReadiness(checks: ReadinessChecks): Readiness {
	async function missing(): Promise<string[]> {
		const results = await Promise.all(
			Object.entries(checks).map(async ([sentence, check]) => ((await check()) ? [] : [sentence])),
		)
		return results.flat()
	}
	return { missing, isReady: async () => (await missing()).length === 0 }
}
