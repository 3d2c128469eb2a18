import type { BenchProcess } from '../running/bench-process.ts'

/** A catalog and an order service that orders can be placed with. */
export type ShopFront = AsyncDisposable & {
	name: string
	catalog: BenchProcess
	order: BenchProcess
}
