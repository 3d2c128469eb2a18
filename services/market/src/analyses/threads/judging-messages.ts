import type { MessagePort } from 'node:worker_threads'
import type { CheckSettings } from '../../checking/check-settings.ts'
import type { JudgingPart } from '../judging/judging-part.ts'

/** The work of a judge, which asks for its parts on the port. */
export type JudgingJob = { settings: CheckSettings; port: MessagePort }

/** Asks for the next part, and tells how many ticks belong to the result until now. */
export type ToReader = { ticks: number }

/** The answer to each question. Undefined once there are no more parts. */
export type ToJudge = JudgingPart | undefined
