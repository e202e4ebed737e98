/*
 * Results and journal marks of groups as a three-level normal model: parent + group + pupils' mean. Internal to
 * src/stats.
 */
#ifndef OKO_STATS_LEVEL_MODEL_H
#define OKO_STATS_LEVEL_MODEL_H

#include "stats/sign_world.h"

enum { LEVEL_COLUMNS = 8 };

typedef struct level_column {
    int test;
    bool journal;
} level_column;

/* Column 0 is the result of the target test. Matrices are d × d, row by row with stride LEVEL_COLUMNS. */
typedef struct level_model {
    int target, d;
    level_column column[LEVEL_COLUMNS];
    size_t n;  /* groups of the target test */
    double *x; /* [n × LEVEL_COLUMNS] NaN = not known */
    double mean[LEVEL_COLUMNS];
    double parent[LEVEL_COLUMNS * LEVEL_COLUMNS]; /* covariance of parents */
    double group[LEVEL_COLUMNS * LEVEL_COLUMNS];  /* of groups in a parent */
    double pupil[LEVEL_COLUMNS * LEVEL_COLUMNS];  /* of pupils in a group */
    double axis[LEVEL_COLUMNS];                   /* general level: no group is drawn to the region's along it */
    double axis_var;
} level_model;

/* Do the reference groups anchor the levels of the test? */
static inline bool level_anchored(const sign_world *w, int test)
{
    return (w->anchored[test] >> OKO_FAMILY_LEVEL & 1) != 0;
}

/* Anchored: means are those of the reference groups, covariances mostly so. */
oko_status level_model_fit(const sign_world *w, int test, level_model *ret) OKO_WARN_UNUSED;
void level_model_clear(level_model *m);
/* Values of the groups again, after flags have changed; the fit stays. */
void level_model_refill(const sign_world *w, level_model *m);

/* Which evidence to predict from. */
typedef enum level_evidence {
    LEVEL_ALL,
    LEVEL_OWN,           /* the group's own other results and journal, nothing of the parent's other groups */
    LEVEL_OTHER_TESTS,   /* all but the parallel groups' results of the same test: they may share what happened */
    LEVEL_OTHER_YEARS,   /* results of other years */
    LEVEL_OTHER_SUBJECTS /* results of the same year */
} level_evidence;

/* Residual of group i's result against its evidence, and its variance; false when there is none. */
bool level_residual(const sign_world *w, const level_model *m, size_t i, level_evidence evidence, double *ret_residual,
                    double *ret_var);

/* Where the pupils of a group stand in a column. */
typedef struct level_link {
    level_column column;
    const sign_group *group; /* the group itself, the same unit in another test of the year; NULL = not known */
} level_link;
level_link level_link_of(const sign_world *w, const sign_group *g, level_column column);
/* Are the row and the one before it in different parts (classes of a school)? Class means are no business of the
 * pupils' variance. */
static inline bool level_new_part(const sign_group *g, int row)
{
    return row > 0 && g->in->part != NULL && g->in->part[row] != g->in->part[row - 1];
}
/* Value of a pupil (row of the group that the link was made for): NaN when not known. */
double level_pupil_value(const sign_world *w, const sign_group *g, const level_link *link, int row);

/* Cholesky of the d × d matrix a (stride given) in place; false when not positive. Solves in place. */
bool level_factorise(int d, int stride, double *a);
void level_solve(int d, int stride, const double *a, double *x);
/* Raises the eigenvalues of a symmetric matrix (stride LEVEL_COLUMNS) to floor. Returns the largest; its vector to
 * ret_axis [d] unless NULL. */
double level_make_positive(int d, double *a, double floor, double *ret_axis);

#endif
