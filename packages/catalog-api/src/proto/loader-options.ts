import { fileURLToPath } from 'node:url'
import type { Options } from '@grpc/proto-loader'
import { protoFolder } from './proto-files.ts'

// Must equal the flags in scripts/generate-types.ts, which generates the types. An int64 becomes a number, because
// all services accept only amounts and quantities that are safe integers.
export const loaderOptions: Options = {
	longs: Number,
	enums: String,
	defaults: true,
	oneofs: true,
	includeDirs: [fileURLToPath(protoFolder)],
}
