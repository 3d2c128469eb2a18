import type { PartitionedTable } from '../partitions/partition-times.ts'

/** Tells in SQL since when a table has rows: the partitions before are deleted. It is null where there is no partition. */
export function keptSince(table: PartitionedTable): string {
	return `(
		select min(substring(pg_get_expr(relpartbound, oid) from $$'([^']+)'$$)::timestamptz)
		from pg_class join pg_inherits on inhrelid = oid where inhparent = '${table}'::regclass
	)`
}
