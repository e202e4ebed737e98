/* Figures of the server for Prometheus: counts, durations, what is open now. All calls are thread-safe. */
#ifndef OKO_HTTP_METRICS_H
#define OKO_HTTP_METRICS_H

#include "contract/contract.h"

#include <stdatomic.h>

enum { OKO_METRIC_BUCKETS = 10, OKO_METRIC_OPERATIONS = 512 };

typedef struct oko_metrics {
    _Atomic uint64_t requests[OKO_METRIC_OPERATIONS + 1][5]; /* by operation (last: none) and class of status */
    _Atomic uint64_t duration[OKO_METRIC_BUCKETS + 1];       /* cumulative buckets */
    _Atomic uint64_t microseconds;
    _Atomic uint64_t connections, refused, bytes_in, bytes_out;
} oko_metrics;

void oko_metrics_request(oko_metrics *m, const oko_operation *op, int status, double seconds);
void oko_metrics_text(const oko_metrics *m, const oko_contract *contract, oko_buffer *out);

#endif
