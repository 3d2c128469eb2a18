#!/usr/bin/env node
// This file is JavaScript, because Node loads its TypeScript parser only for code that the compile cache does not have.
import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('../src/main.ts')
