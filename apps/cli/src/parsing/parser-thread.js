// The thread of a parser. This file is JavaScript for the reason that bin/mercat.js tells.
import { enableCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'

enableCompileCache()
const { runParseJob } = await import('./parse-job.ts')
parentPort.on('message', (job) => void runParseJob(job))
