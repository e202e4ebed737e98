/*
 * Guard by size: what the null says of a group's variance holds for groups of one kind. A school of one class carries
 * the whole difference between classes, a school of four only a quarter of it, and the null knows the mean of both; so
 * the continuous statistics of a test are brought back to the honest spread of groups of their own size.
 */
#include "stats/sign_world.h"

#include "base/memory.h"

#include <math.h>

static const struct {
    oko_statistic stat;
    oko_family family;
} guarded[] = {
    { OKO_STAT_LEVEL, OKO_FAMILY_LEVEL },     { OKO_STAT_CONTRAST, OKO_FAMILY_PATTERN },
    { OKO_STAT_PROFILE, OKO_FAMILY_PATTERN }, { OKO_STAT_TOLD, OKO_FAMILY_PATTERN },
    { OKO_STAT_PAIRS, OKO_FAMILY_PATTERN },   { OKO_STAT_PERSON_FIT, OKO_FAMILY_PATTERN },
    { OKO_STAT_YEAR, OKO_FAMILY_LEVEL },      { OKO_STAT_SUBJECT, OKO_FAMILY_LEVEL },
    { OKO_STAT_GROWTH, OKO_FAMILY_LEVEL },
};

oko_status size_guard(sign_world *w, int test)
{
    size_t first = w->first[test];
    size_t n = w->first[test + 1] - first;
    OKO_CLEANUP(oko_freep) double *size = oko_alloc_array(2 * n + 1, sizeof *size);
    OKO_CLEANUP(oko_freep) bool *fits = oko_alloc_array(n + 1, sizeof *fits);
    if (size == NULL || fits == NULL) {
        return OKO_E_MEMORY;
    }
    double *log_p = size + n;
    for (size_t i = 0; i < n; i++) {
        int works = w->group[first + i].n_works;
        size[i] = works >= OKO_SIGNS_MIN_WORKS ? works : (double)NAN;
    }
    oko_status status = OKO_OK;
    for (size_t k = 0; k < sizeof guarded / sizeof *guarded && status == OKO_OK; k++) {
        for (size_t i = 0; i < n; i++) {
            log_p[i] = w->sign[first + i].stat_log_p[guarded[k].stat];
            fits[i] = sign_fits(w, &w->group[first + i], guarded[k].family);
        }
        bool anchored = (w->anchored[test] >> guarded[k].family & 1) != 0;
        status = null_guard_size(n, anchored ? fits : NULL, size, log_p);
        status = status == OKO_OK ? sign_tell(w, 0, 0) : status;
        for (size_t i = 0; i < n && status == OKO_OK; i++) {
            w->sign[first + i].stat_log_p[guarded[k].stat] = log_p[i];
        }
    }
    return status;
}
