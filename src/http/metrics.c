#include "http/metrics.h"

#include <stdio.h>
#include <unistd.h>

static const double bounds[OKO_METRIC_BUCKETS] = { .001, .0025, .005, .01, .02, .05, .1, .5, 2.5, 10 };

void oko_metrics_request(oko_metrics *m, const oko_operation *op, int status, double seconds)
{
    size_t row = op != NULL && op->index < OKO_METRIC_OPERATIONS ? op->index : OKO_METRIC_OPERATIONS;
    size_t class = status >= 100 && status < 600 ? (size_t)(status / 100) - 1 : 4;
    size_t bucket = 0;
    while (bucket < OKO_METRIC_BUCKETS && seconds > bounds[bucket])
        bucket++;
    atomic_fetch_add_explicit(&m->requests[row][class], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&m->duration[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&m->microseconds, (uint64_t)(seconds * 1e6), memory_order_relaxed);
}

static long resident_bytes(void)
{
    long size = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f == NULL)
        return 0;
    if (fscanf(f, "%ld %ld", &size, &resident) != 2)
        resident = 0;
    fclose(f);
    return resident * sysconf(_SC_PAGESIZE);
}

static void put_requests(const oko_metrics *m, const oko_contract *contract, oko_buffer *out)
{
    oko_buffer_str(out, "# HELP oko_requests_total Requests by operation and class of status.\n"
                        "# TYPE oko_requests_total counter\n");
    for (size_t row = 0; row <= OKO_METRIC_OPERATIONS; row++) {
        const oko_operation *op = oko_contract_at(contract, row);
        for (unsigned class = 0; class < 5; class ++) {
            uint64_t n = m->requests[row][class];
            if (n > 0)
                oko_buffer_printf(out, "oko_requests_total{operation=\"%s\",status=\"%uxx\"} %llu\n",
                                  row < OKO_METRIC_OPERATIONS && op != NULL ? op->id : "", class + 1,
                                  (unsigned long long)n);
        }
    }
}

void oko_metrics_text(const oko_metrics *m, const oko_contract *contract, oko_buffer *out)
{
    uint64_t sum = 0;
    put_requests(m, contract, out);
    oko_buffer_str(out, "# HELP oko_request_seconds Time from the last byte of a request to its answer.\n"
                        "# TYPE oko_request_seconds histogram\n");
    for (size_t i = 0; i <= OKO_METRIC_BUCKETS; i++) {
        sum += m->duration[i];
        if (i < OKO_METRIC_BUCKETS)
            oko_buffer_printf(out, "oko_request_seconds_bucket{le=\"%g\"} %llu\n", bounds[i], (unsigned long long)sum);
        else
            oko_buffer_printf(out, "oko_request_seconds_bucket{le=\"+Inf\"} %llu\n", (unsigned long long)sum);
    }
    oko_buffer_printf(out, "oko_request_seconds_sum %.6f\noko_request_seconds_count %llu\n",
                      (double)m->microseconds / 1e6, (unsigned long long)sum);
    const struct {
        const char *name, *type, *help;
        unsigned long long value;
    } rows[] = {
        { "oko_connections", "gauge", "Open connections.", m->connections },
        { "oko_connections_refused_total", "counter", "Connections that were cut as too slow.", m->refused },
        { "oko_bytes_in_total", "counter", "Bytes of bodies that came.", m->bytes_in },
        { "oko_bytes_out_total", "counter", "Bytes of bodies that went.", m->bytes_out },
        { "oko_resident_bytes", "gauge", "Memory of the process.", (unsigned long long)resident_bytes() },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        oko_buffer_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %llu\n", rows[i].name, rows[i].help, rows[i].name,
                          rows[i].type, rows[i].name, rows[i].value);
}
