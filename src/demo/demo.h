/* The demonstration region: oko_simulate written as XLSX files in the real layouts, and the truth beside them. */
#ifndef OKO_DEMO_DEMO_H
#define OKO_DEMO_DEMO_H

#include <oko/simulate.h>

#include "base/progress.h"
#include "domain/procedure.h"

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

enum { OKO_DEMO_THIRD_YEAR = 2 };
/*
 * A third year for a region that lives through the roadmap: 2022-05-MA.xlsx and 2022-05-RU.xlsx beside the others, in
 * the layout of 2021. The procedures are made up (the tests of 2021 under another year: real cut-offs of 2022 are not
 * claimed) and must be put into the store by the caller: ret_procedures. In 2022 a third of the planted share is left:
 * measures have helped. Same pupils' cohorts: 2022-05 is 2021-04 a year later.
 */
oko_status oko_demo_write_third_year(const char *dir, const oko_demo_options *options,
                                     oko_procedure ret_procedures[OKO_DEMO_THIRD_YEAR], oko_error *err) OKO_WARN_UNUSED;

#endif
