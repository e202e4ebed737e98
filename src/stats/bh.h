/* Benjamini–Hochberg in a family that is larger than the p-values at hand. Internal to src/stats. */
#ifndef OKO_STATS_BH_H
#define OKO_STATS_BH_H

#include <oko/status.h>

#include <stddef.h>

/*
 * Step-up q-values of p[n] (NaN stays NaN and has no rank) in a family of `family` tests whose other members have
 * larger p and so only the larger ranks; 0 = the p-values at hand are the family. OKO_E_ARGUMENT, OKO_E_MEMORY.
 */
oko_status oko_bh_family(size_t n, const double *p, size_t family, double *ret_q) OKO_WARN_UNUSED;

#endif
