import { createRequire } from 'node:module'

// Required, as an import reads each of its names, and so loads the client behind `WebSocket`: 3 MB, and 2 % of a start.
export const { createServer, STATUS_CODES } = createRequire(import.meta.url)('node:http') as typeof import('node:http')
