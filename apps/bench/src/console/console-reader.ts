import { signToken } from '@mercat/service/tokens'
import { answerJobs } from '../load/answer-jobs.ts'
import { tokenIssuer } from '../running/shop.ts'
import { type ConsoleReport, noReport, type OpenConsole, openConsole } from './open-console.ts'

/** Opens the console of an order service, or closes it. */
export type ConsoleJob = { open: { origin: string; secret: string } } | { close: true }

const lifetimeMs = 24 * 3_600_000

let opened: OpenConsole | undefined
let last: ConsoleReport = noReport()

answerJobs(async (job: ConsoleJob): Promise<ConsoleReport> => {
	if ('open' in job) {
		const { origin, secret } = job.open
		const token = signToken({ ...tokenIssuer, secret }, { subject: 'staff', scope: 'orders:manage', lifetimeMs })
		opened = await openConsole({ origin, authorization: `Bearer ${token}` }, last)
	} else {
		last = opened?.report() ?? last
		opened?.[Symbol.dispose]()
	}
	return last
})
