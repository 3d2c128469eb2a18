import { expect, test } from 'vitest'
import { summaryOf } from '../src/statement-summary.ts'

test.each([
	['select id from "order" where id = $1', 'select order'],
	['insert into outbox (id) select id from orders on conflict do update set id = 1', 'insert outbox'],
	['update only stock set held = (select sum(quantity) from reservation)', 'update stock'],
	['delete from schema_version where false', 'delete schema_version'],
	[
		'-- Materialized, so that it is planned at once.\nwith x as (select 1 from a)\nupdate b set c = d from x',
		'update b',
	],
	['with x as (delete from a returning id) select count(*) from x', 'select x'],
	['select (select count(*) from outbox) as pending', 'select outbox'],
	['select pg_advisory_xact_lock(7)', 'select'],
	['set local jit to off; set local enable_seqscan to on', 'set'],
	['create table entry (id bigint); insert into entry values (1)', 'create'],
	['vacuum', 'other'],
])('the summary of "%s" is "%s"', (text, summary) => {
	expect(summaryOf(text)).toBe(summary)
})

test('the summary of a statement with a name is the name', () => {
	expect(summaryOf({ name: 'find-order', text: 'select id from "order"' })).toBe('find-order')
})
