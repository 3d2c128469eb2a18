import { serveHttp } from '../running/serve-http.ts'
import { createSpanSinkServer } from './span-sink-server.ts'

await serveHttp('span sink', createSpanSinkServer())
