import { answerJobs } from './answer-jobs.ts'
import { runHttpLoad } from './http-load.ts'
import { httpRequests, type Wish } from './http-requests.ts'
import type { Pace } from './pace.ts'

export type HttpJob = { origin: string; pace: Pace; wish: Wish; secret: string }

answerJobs(({ origin, pace, wish, secret }: HttpJob) =>
	runHttpLoad(origin, pace, httpRequests(wish, secret), 'place' in wish ? 201 : 200),
)
