/*
 * Covariances between parents, groups and pupils by moments of clipped values over the groups that are not flagged, and
 * the conditional residual of a group's result. The general level has a flat prior: a strong school is compared with
 * its own other results, not drawn to the region.
 */
#include "stats/level_model.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { D = LEVEL_COLUMNS, MIN_LINKED = 20, MIN_WORKS = 3, MAX_RESULTS = 5 };
#define CLIP 4.0
#define AXIS_FACTOR 9.0
#define OTHERS_COUNT 100.0
#define DEFAULT_RESULTS .65 /* correlation of a pupil's results where pupils can't be linked */
#define DEFAULT_JOURNAL .5

/* ---- columns ---- */

static double group_value(const sign_group *g, bool journal)
{
    if (journal) {
        return g->n_journal >= MIN_WORKS ? g->journal : NAN;
    }
    return g->n_works >= MIN_WORKS ? g->level : NAN;
}

typedef struct candidate {
    int test, distance;
    size_t linked;
} candidate;

static int compare_candidates(const void *a, const void *b)
{
    const candidate *x = a;
    const candidate *y = b;
    if (x->distance != y->distance) {
        return x->distance < y->distance ? -1 : 1;
    }
    return (x->test > y->test) - (x->test < y->test);
}

static size_t linked_units(const sign_world *w, int test, int other)
{
    size_t n = 0;
    for (size_t i = w->first[test]; i < w->first[test + 1]; i++) {
        const sign_group *g = sign_find(w, w->group[i].in->unit, other);
        n += g != NULL && g->n_works >= MIN_WORKS;
    }
    return n;
}

static bool has_journal(const sign_world *w, int test)
{
    return w->journal_sd[test] > 0;
}

static void choose_columns(const sign_world *w, int test, level_model *m)
{
    candidate list[OKO_SIGNS_MAX_TESTS];
    int n = 0;
    const oko_sign_test *own = &w->tests[test];
    for (int t = 0; t < w->n_tests; t++) {
        size_t linked = t == test ? 0 : linked_units(w, test, t);
        if (linked >= MIN_LINKED) {
            int years = abs(w->tests[t].year - own->year);
            list[n++] = (candidate){ t, 4 * years + (w->tests[t].subject != own->subject), linked };
        }
    }
    qsort(list, (size_t)n, sizeof *list, compare_candidates);
    m->d = 0;
    m->column[m->d++] = (level_column){ test, false };
    if (has_journal(w, test)) {
        m->column[m->d++] = (level_column){ test, true };
    }
    for (int k = 0; k < n && m->d < MAX_RESULTS + 1; k++) {
        m->column[m->d++] = (level_column){ list[k].test, false };
    }
    for (int k = 0; k < n && m->d < D; k++) {
        if (has_journal(w, list[k].test)) {
            m->column[m->d++] = (level_column){ list[k].test, true };
        }
    }
}

static void fill_values(const sign_world *w, level_model *m)
{
    for (size_t i = 0; i < m->n; i++) {
        const sign_group *g = &w->group[w->first[m->target] + i];
        for (int a = 0; a < m->d; a++) {
            const level_column *c = &m->column[a];
            const sign_group *other = c->test == m->target ? g : sign_find(w, g->in->unit, c->test);
            bool usable = other != NULL && (c->test == m->target || !other->flagged);
            m->x[i * D + (size_t)a] = usable ? group_value(other, c->journal) : NAN;
        }
    }
}

/* ---- covariances ---- */

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Groups that are located together: all that are not flagged, or, when the test is anchored, one of its strata. */
typedef enum stratum { STRATUM_ALL, STRATUM_REFERENCE, STRATUM_OTHERS } stratum;

static bool in_stratum(const sign_world *w, const level_model *m, size_t i, stratum s)
{
    bool reference = w->group[w->first[m->target] + i].in->reference;
    return s == STRATUM_ALL || reference == (s == STRATUM_REFERENCE);
}

/* Mean of a column in a stratum and the clipping bounds from median and MAD. */
static double locate(const sign_world *w, const level_model *m, int a, stratum s, double *work, double *ret_low,
                     double *ret_high)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++) {
        double x = m->x[i * D + (size_t)a];
        if (!isnan(x) && !w->group[w->first[m->target] + i].flagged && in_stratum(w, m, i, s)) {
            work[n++] = x;
        }
    }
    *ret_low = -INFINITY;
    *ret_high = INFINITY;
    if (n == 0) {
        return 0;
    }
    qsort(work, n, sizeof *work, compare_doubles);
    double median = work[n / 2];
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += work[i];
    }
    for (size_t i = 0; i < n; i++) {
        work[i] = fabs(work[i] - median);
    }
    qsort(work, n, sizeof *work, compare_doubles);
    double reach = CLIP * 1.4826 * work[n / 2];
    *ret_low = median - reach;
    *ret_high = median + reach;
    return sum / (double)n;
}

typedef struct moments {
    double total[D * D], within[D * D];
    double n_total[D * D], n_within[D * D];
    double inverse_n, rows;
} moments;

/* Adds the groups [from, to) of one parent. */
static void add_parent(const level_model *m, const double *clipped, const bool *use, size_t from, size_t to, moments *s)
{
    for (int a = 0; a < m->d; a++) {
        for (int b = 0; b <= a; b++) {
            double sum_a = 0;
            double sum_b = 0;
            double cross = 0;
            double k = 0;
            for (size_t i = from; i < to; i++) {
                double x = clipped[i * D + (size_t)a];
                double y = clipped[i * D + (size_t)b];
                if (use[i] && !isnan(x) && !isnan(y)) {
                    sum_a += x;
                    sum_b += y;
                    cross += x * y;
                    k++;
                }
            }
            s->total[a * D + b] += cross;
            s->n_total[a * D + b] += k;
            if (k >= 2) {
                s->within[a * D + b] += cross - sum_a * sum_b / k;
                s->n_within[a * D + b] += k - 1;
            }
        }
    }
}

level_link level_link_of(const sign_world *w, const sign_group *g, level_column column)
{
    if (column.test == g->in->test) {
        return (level_link){ column, g };
    }
    bool same_year = w->tests[column.test].year == w->tests[g->in->test].year;
    bool known = same_year && g->in->pupil != NULL;
    return (level_link){ column, known ? sign_find(w, g->in->unit, column.test) : NULL };
}

double level_pupil_value(const sign_world *w, const sign_group *g, const level_link *link, int row)
{
    const sign_group *other = link->group;
    int test = link->column.test;
    if (other == NULL) {
        return NAN;
    }
    row = other == g ? row : sign_row(other, g->in->pupil[row]);
    if (row < 0) {
        return NAN;
    }
    if (link->column.journal) {
        int mark = other->in->journal != NULL ? other->in->journal[row] : 0;
        return mark >= 1 && mark <= 5 ? (mark - w->journal_mean[test]) / w->journal_sd[test] : NAN;
    }
    return sign_score(w, other, row);
}

/* Sums over the pupils of one part that are known in both columns. */
typedef struct part_sums {
    double k, sx, sy, sxy;
} part_sums;

static void close_part(part_sums *p, double *sum, double *freedom)
{
    if (p->k >= 2) {
        *sum += p->sxy - p->sx * p->sy / p->k;
        *freedom += p->k - 1;
    }
    *p = (part_sums){ 0 };
}

/* Pooled covariance of pupils in a group (in the parts of one that has parts) between two columns of one year. */
static bool pupil_covariance(const sign_world *w, level_column a, level_column b, double *ret)
{
    double sum = 0;
    double freedom = 0;
    for (size_t i = w->first[a.test]; i < w->first[a.test + 1]; i++) {
        const sign_group *g = &w->group[i];
        if (!sign_fits(w, g, OKO_FAMILY_LEVEL)) {
            continue;
        }
        level_link at_a = level_link_of(w, g, a);
        level_link at_b = level_link_of(w, g, b);
        part_sums part = { 0 };
        for (int row = 0; row < g->in->n && at_a.group != NULL && at_b.group != NULL; row++) {
            if (level_new_part(g, row)) {
                close_part(&part, &sum, &freedom);
            }
            double x = level_pupil_value(w, g, &at_a, row);
            double y = isnan(x) ? NAN : level_pupil_value(w, g, &at_b, row);
            if (!isnan(y)) {
                part.k++;
                part.sx += x;
                part.sy += y;
                part.sxy += x * y;
            }
        }
        close_part(&part, &sum, &freedom);
    }
    *ret = sum / freedom;
    return freedom >= 50;
}

/* Pairs that can't be linked get the mean correlation of those that can. */
static void fit_pupils(const sign_world *w, level_model *m)
{
    double found[2] = { 0 };
    double n_found[2] = { 0 };
    bool known[D * D];
    for (int a = 0; a < m->d; a++) {
        for (int b = a; b >= 0; b--) {
            bool same_year = w->tests[m->column[a].test].year == w->tests[m->column[b].test].year;
            double cov = 0;
            known[a * D + b] = same_year && pupil_covariance(w, m->column[a], m->column[b], &cov);
            m->pupil[a * D + b] = known[a * D + b] ? cov : a == b ? 1 : 0;
        }
    }
    for (int a = 0; a < m->d; a++) {
        for (int b = 0; b < a; b++) {
            if (known[a * D + b]) {
                int kind = m->column[a].journal || m->column[b].journal;
                found[kind] += m->pupil[a * D + b] / sqrt(m->pupil[a * D + a] * m->pupil[b * D + b]);
                n_found[kind]++;
            }
        }
    }
    for (int a = 0; a < m->d; a++) {
        for (int b = 0; b < a; b++) {
            int kind = m->column[a].journal || m->column[b].journal;
            double r = n_found[kind] > 0 ? found[kind] / n_found[kind] : kind ? DEFAULT_JOURNAL : DEFAULT_RESULTS;
            if (!known[a * D + b]) {
                m->pupil[a * D + b] = r * sqrt(m->pupil[a * D + a] * m->pupil[b * D + b]);
            }
            m->pupil[b * D + a] = m->pupil[a * D + b];
        }
    }
    (void)level_make_positive(m->d, m->pupil, 1e-3, NULL);
}

static void fit_between(level_model *m, const moments *s)
{
    double h = s->rows > 0 ? s->inverse_n / s->rows : 0;
    double sum[D * D] = { 0 };
    for (int a = 0; a < m->d; a++) {
        for (int b = 0; b <= a; b++) {
            int at = a * D + b;
            double total = s->n_total[at] > 0 ? s->total[at] / s->n_total[at] : 0;
            bool nested = s->n_within[at] >= 15;
            double within = nested ? s->within[at] / s->n_within[at] : total;
            m->parent[at] = m->parent[b * D + a] = total - within;
            sum[at] = sum[b * D + a] = total - m->pupil[at] * h;
        }
    }
    (void)level_make_positive(m->d, m->parent, 1e-4, NULL);
    for (int i = 0; i < D * D; i++) { /* what parents got by becoming positive is not given twice */
        m->group[i] = sum[i] - m->parent[i];
    }
    (void)level_make_positive(m->d, m->group, 1e-3, NULL);
    for (int i = 0; i < D * D; i++) {
        sum[i] = m->parent[i] + m->group[i];
    }
    m->axis_var = AXIS_FACTOR * level_make_positive(m->d, sum, 0, m->axis);
}

/* Values of a stratum clipped and centred; the means of the stratum. */
static void centre(const sign_world *w, const level_model *m, stratum s, double *work, double *clipped,
                   double *ret_mean)
{
    for (int a = 0; a < m->d; a++) {
        double low;
        double high;
        ret_mean[a] = locate(w, m, a, s, work, &low, &high);
        for (size_t i = 0; i < m->n; i++) {
            double x = m->x[i * D + (size_t)a];
            x = x < low ? low : x > high ? high : x;
            if (in_stratum(w, m, i, s)) {
                clipped[i * D + (size_t)a] = x - ret_mean[a];
            }
        }
    }
}

static void add_stratum(const sign_world *w, const level_model *m, stratum which, const double *clipped, bool *use,
                        moments *s)
{
    *s = (moments){ .rows = 0 };
    for (size_t i = 0; i < m->n; i++) {
        const sign_group *g = &w->group[w->first[m->target] + i];
        use[i] = !g->flagged && g->n_works >= MIN_WORKS && in_stratum(w, m, i, which);
        if (use[i]) {
            s->inverse_n += 1.0 / g->n_works;
            s->rows++;
        }
    }
    size_t from = 0;
    while (from < m->n) {
        size_t to = from + 1;
        const sign_group *g = &w->group[w->first[m->target]];
        while (to < m->n && g[to].in->parent == g[from].in->parent) {
            to++;
        }
        add_parent(m, clipped, use, from, to, s);
        from = to;
    }
}

/* The others count as OTHERS_COUNT groups at most: covariances need more groups than a stratum has, but what is wrong
 * with most of the others must not be most of what is known. */
static void add_others(const moments *others, moments *s)
{
    double share = others->rows > OTHERS_COUNT ? OTHERS_COUNT / others->rows : 1;
    for (int i = 0; i < D * D; i++) {
        s->total[i] += share * others->total[i];
        s->within[i] += share * others->within[i];
        s->n_total[i] += share * others->n_total[i];
        s->n_within[i] += share * others->n_within[i];
    }
    s->inverse_n += share * others->inverse_n;
    s->rows += share * others->rows;
}

static oko_status fit_moments(const sign_world *w, level_model *m)
{
    OKO_CLEANUP(oko_freep) double *clipped = oko_alloc_array(m->n * D, sizeof *clipped);
    OKO_CLEANUP(oko_freep) double *work = oko_alloc_array(m->n, sizeof *work);
    OKO_CLEANUP(oko_freep) bool *use = oko_alloc_array(m->n, sizeof *use);
    OKO_CLEANUP(oko_freep) moments *s = oko_alloc_array(2, sizeof *s);
    if (clipped == NULL || work == NULL || use == NULL || s == NULL) {
        return OKO_E_MEMORY;
    }
    bool anchored = level_anchored(w, m->target);
    if (anchored) {
        double mean[D];
        centre(w, m, STRATUM_OTHERS, work, clipped, mean);
        centre(w, m, STRATUM_REFERENCE, work, clipped, m->mean);
        add_stratum(w, m, STRATUM_OTHERS, clipped, use, &s[1]);
        add_stratum(w, m, STRATUM_REFERENCE, clipped, use, &s[0]);
        add_others(&s[1], &s[0]);
    } else {
        centre(w, m, STRATUM_ALL, work, clipped, m->mean);
        add_stratum(w, m, STRATUM_ALL, clipped, use, &s[0]);
    }
    fit_between(m, &s[0]);
    return OKO_OK;
}

oko_status level_model_fit(const sign_world *w, int test, level_model *ret)
{
    level_model m = { .target = test, .n = w->first[test + 1] - w->first[test] };
    m.x = oko_alloc_array(m.n * D, sizeof *m.x);
    if (m.x == NULL) {
        return OKO_E_MEMORY;
    }
    choose_columns(w, test, &m);
    fill_values(w, &m);
    fit_pupils(w, &m);
    oko_status status = fit_moments(w, &m);
    if (status != OKO_OK) {
        level_model_clear(&m);
        return status;
    }
    *ret = m;
    return OKO_OK;
}

void level_model_refill(const sign_world *w, level_model *m)
{
    fill_values(w, m);
}

void level_model_clear(level_model *m)
{
    oko_freep(&m->x);
}

/* ---- residual ---- */

static bool chosen(const sign_world *w, const level_model *m, int a, level_evidence evidence)
{
    bool other_year = w->tests[m->column[a].test].year != w->tests[m->target].year;
    if (evidence == LEVEL_ALL || evidence == LEVEL_OWN || evidence == LEVEL_OTHER_TESTS) {
        return true;
    }
    return !m->column[a].journal && other_year == (evidence == LEVEL_OTHER_YEARS);
}

/* Means of the other groups of the parent, column by column, and their numbers. */
static void siblings(const sign_world *w, const level_model *m, size_t i, double *mean, double *count, double *inverse)
{
    const sign_group *g = &w->group[w->first[m->target]];
    memset(mean, 0, D * sizeof *mean);
    memset(count, 0, D * sizeof *count);
    *inverse = 0;
    double works = 0;
    size_t from = i;
    while (from > 0 && g[from - 1].in->parent == g[i].in->parent && i - from < 64) {
        from--;
    }
    for (size_t k = from; k < m->n && g[k].in->parent == g[i].in->parent && k < from + 64; k++) {
        if (k == i || g[k].flagged || g[k].n_works < MIN_WORKS) {
            continue;
        }
        *inverse += 1.0 / g[k].n_works;
        works++;
        /* what the whole school has in common in this test says nothing when the reference groups say what is usual */
        int skipped = level_anchored(w, m->target) && !g[k].in->reference ? 1 : 0;
        for (int a = skipped; a < m->d; a++) {
            if (!isnan(m->x[k * D + (size_t)a])) {
                mean[a] += m->x[k * D + (size_t)a];
                count[a]++;
            }
        }
    }
    *inverse = works > 0 ? *inverse / works : 0;
    for (int a = 0; a < m->d; a++) {
        mean[a] = count[a] > 0 ? mean[a] / count[a] : NAN;
    }
}

typedef struct evidence_row {
    int column;
    double siblings; /* 0: the group's own; else the number of siblings */
    double value;
} evidence_row;

static double covariance(const level_model *m, const evidence_row *x, const evidence_row *y, double own, double others)
{
    int at = x->column * D + y->column;
    double sum = m->parent[at] + m->axis_var * m->axis[x->column] * m->axis[y->column];
    if (x->siblings > 0 && y->siblings > 0) {
        double k = x->siblings > y->siblings ? x->siblings : y->siblings;
        return sum + (m->group[at] + m->pupil[at] * others) / k;
    }
    return x->siblings > 0 || y->siblings > 0 ? sum : sum + m->group[at] + m->pupil[at] * own;
}

static int gather(const sign_world *w, const level_model *m, size_t i, level_evidence evidence, const double *mean,
                  const double *count, evidence_row *row)
{
    int n = 0;
    bool any = false;
    for (int a = 1; a < m->d; a++) {
        double x = m->x[i * D + (size_t)a];
        if (chosen(w, m, a, evidence) && !isnan(x)) {
            row[n++] = (evidence_row){ a, 0, x - m->mean[a] };
            any = true;
        }
    }
    for (int a = 0; a < m->d && evidence != LEVEL_OWN; a++) {
        bool wanted = a == 0 ? evidence != LEVEL_OTHER_TESTS : chosen(w, m, a, evidence);
        if (wanted && count[a] > 0 && (any || evidence == LEVEL_ALL)) {
            row[n++] = (evidence_row){ a, count[a], mean[a] - m->mean[a] };
        }
    }
    return n;
}

bool level_residual(const sign_world *w, const level_model *m, size_t i, level_evidence evidence, double *ret_residual,
                    double *ret_var)
{
    enum { E = 2 * D };
    const sign_group *g = &w->group[w->first[m->target] + i];
    if (g->n_works < MIN_WORKS || isnan(m->x[i * D])) {
        return false;
    }
    double mean[D];
    double count[D];
    double others;
    siblings(w, m, i, mean, count, &others);
    evidence_row row[E];
    int n = gather(w, m, i, evidence, mean, count, row);
    if (n == 0) {
        return false;
    }
    double own = 1.0 / g->n_works;
    evidence_row target = { 0, 0, m->x[i * D] - m->mean[0] };
    double a[E * E];
    double k[E];
    double cov[E];
    for (int x = 0; x < n; x++) {
        for (int y = 0; y < n; y++) {
            a[x * E + y] = covariance(m, &row[x], &row[y], own, others);
        }
        cov[x] = k[x] = covariance(m, &row[x], &target, own, others);
    }
    if (!level_factorise(n, E, a)) {
        return false;
    }
    level_solve(n, E, a, k);
    double residual = target.value;
    double var = covariance(m, &target, &target, own, others);
    for (int x = 0; x < n; x++) {
        residual -= k[x] * row[x].value;
        var -= k[x] * cov[x];
    }
    *ret_residual = residual;
    *ret_var = var;
    return var > 1e-9;
}
