/* The demonstration region: oko_simulate written as XLSX files in the real layouts, and the truth beside them. */
#ifndef OKO_DEMO_DEMO_H
#define OKO_DEMO_DEMO_H

#include <oko/simulate.h>

#include "base/progress.h"

typedef struct oko_demo_options {
    oko_world_options world;
    oko_progress progress;
} oko_demo_options;
/* The world's defaults, and every eighth school whole in some test: so that the demonstration has something to show. */
#define OKO_DEMO_OPTIONS_INIT                                                                                          \
    {                                                                                                                  \
        .world = OKO_WORLD_OPTIONS_INIT, .world.whole_school = .12                                                     \
    }

/*
 * Writes into `dir` (made when missing; OKO_E_CONFLICT when it holds files that are not ours): units.csv (register),
 * 2020-04-MA.xlsx, 2020-04-RU.xlsx (2020 layout), 2021-04-MA.xlsx, 2021-04-RU.xlsx, 2021-05-MA.xlsx, 2021-05-RU.xlsx
 * (2021 layout), with some of the dirt of real files, truth.csv (one row per class and test, UTF-8), and
 * what others found out: recheck.csv, observers.csv, medals.csv.
 */
oko_status oko_demo_write(const char *dir, const oko_demo_options *options, oko_error *err) OKO_WARN_UNUSED;

#endif
