/**
 * The statements that write so many orders, one each second from 2026 on. The place of an order is the end of its id. The
 * customer `wholesale` placed every second one of the older half, and none since. Only the oldest order is shipped and has the
 * sku RARE.
 */
export const plantOrders = (orders: number) => `
	alter table orders disable trigger orders_placed;
	insert into orders (id, customer_id, idempotency_key, fingerprint, status, version, items, currency, total_minor, details,
		placed_at, updated_at, expires_at, history)
	select ('00000000-0000-5000-8000-' || lpad(place::text, 12, '0'))::uuid,
		case when place <= ${orders} / 2 and place % 2 = 1 then 'wholesale' else 'customer-' || place % 500 end,
		'key-' || place, decode(repeat('00', 32), 'hex'), case place when 1 then 'shipped' else 'placed' end, 1,
		jsonb_build_array(jsonb_build_object('sku', case place when 1 then 'RARE' else 'MUG' end, 'title', 'A mug', 'quantity', 1, 'amountMinor', 100)),
		'EUR', 100, jsonb_build_object('reference', 'cart-' || place),
		'2026-01-01T00:00:00Z'::timestamptz + place * interval '1 s', '2026-01-01', '2026-01-01',
		jsonb_build_array(
			jsonb_build_object('from', null, 'to', 'placed', 'when', '2026-01-01', 'who', 'ann', 'messages', 0),
			jsonb_build_object('from', 'paid', 'to', 'shipped', 'when', '2026-01-01', 'who', 'ann', 'messages', 0,
				'reference', 'parcel-' || place)
		)
	from generate_series(1, ${orders}) as place;
	alter table orders enable trigger orders_placed`
