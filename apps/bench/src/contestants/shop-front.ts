import type { BenchProcess } from '../running/bench-process.ts'

/** A running catalog and a running order service that uses it. */
export type ShopFront = AsyncDisposable & {
	name: string
	catalog: BenchProcess
	order: BenchProcess
}
