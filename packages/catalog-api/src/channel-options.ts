import type { ClientOptions } from '@grpc/grpc-js'

/** How the channel to the catalog connects, balances and ejects servers. */
export const channelOptions: ClientOptions = {
	// Keepalive detects a dead connection within 13 s; the deadlines of calls are much shorter.
	'grpc.keepalive_time_ms': 10_000,
	'grpc.keepalive_timeout_ms': 3_000,
	'grpc.keepalive_permit_without_calls': 1,
	'grpc.use_local_subchannel_pool': 1,
	'grpc.initial_reconnect_backoff_ms': 100,
	'grpc.max_reconnect_backoff_ms': 2_000,
	// A response with 2,000 lines and the longest titles has 2 MB.
	'grpc.max_receive_message_length': 4 * 1024 * 1024,
	'grpc.enable_channelz': 0,
	'grpc.enable_http_proxy': 0,
	'grpc.service_config_disable_resolution': 1,
	// The caller retries, because it knows the budget of its request.
	'grpc.enable_retries': 0,
	'grpc.service_config': JSON.stringify({
		loadBalancingConfig: [
			{
				outlier_detection: {
					interval: '2s',
					base_ejection_time: '5s',
					max_ejection_percent: 60,
					failure_percentage_ejection: { threshold: 50, minimum_hosts: 2, request_volume: 2 },
					child_policy: [{ round_robin: {} }],
				},
			},
		],
	}),
}
