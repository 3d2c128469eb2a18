import { createRequire } from 'node:module'

// For speed: an `import` reads every name of the module, which loads the WebSocket client. `require` saves 3 MB and 2 % of a
// start.
export const { createServer, STATUS_CODES } = createRequire(import.meta.url)('node:http') as typeof import('node:http')
