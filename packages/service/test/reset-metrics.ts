// Files of tests share the metrics of their process. Each of them begins with none counted.
import { register } from '../src/telemetry/metrics.ts'

register.resetMetrics()
