/* Names of the kinds of aggregates. */
#include "domain/aggregate.h"

const char *oko_aggregate_kind_name(oko_aggregate_kind kind)
{
    static const char *const names[OKO_AGGREGATE_KIND_COUNT] = { "marks", "journal", "histogram" };
    return (size_t)kind < OKO_AGGREGATE_KIND_COUNT ? names[kind] : "unknown";
}
