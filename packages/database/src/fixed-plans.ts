/**
 * Settings for services whose statements all have an index. A prepared statement is planned once, because planning it
 * again takes longer than running it. The plan always uses the index, so it stays right when the tables grow.
 */
export const fixedPlans = {
	plan_cache_mode: 'force_generic_plan',
	enable_seqscan: 'off',
	enable_hashjoin: 'off',
	enable_mergejoin: 'off',
}

/** Undoes {@link fixedPlans} for one transaction, whose best plan depends on its arguments. */
export const planAnew = `
	set local plan_cache_mode to auto;
	set local enable_seqscan to on;
	set local enable_hashjoin to on;
	set local enable_mergejoin to on`

/**
 * For one transaction: a statement whose order an index has is planned as a scan of that index, which a limit can stop. The
 * planner may expect few rows, and would then rather read all of them and sort them.
 */
export const planInOrder = `
	set local enable_seqscan to off;
	set local enable_bitmapscan to off;
	set local enable_sort to off`
