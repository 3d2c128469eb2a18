#!/usr/bin/env node
// Not TypeScript: what Node needs to read that is loaded only where the cache does not have it already.
import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('../src/main.ts')
