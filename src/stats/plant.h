/* Planted changes with a stream of random numbers of the caller's. Internal to src/stats. */
#ifndef OKO_STATS_PLANT_H
#define OKO_STATS_PLANT_H

#include <oko/simulate.h>

#include "base/random.h"

enum { PLANT_MAX_STRENGTH = 10 };

/* As oko_plant_into, for a class and a strength that fit; returns the number of works changed or pupils left out. */
int plant_kind(oko_plant kind, double strength, oko_rng *rng, const oko_plant_class *c);

#endif
