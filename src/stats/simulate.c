/*
 * A made-up region (methods: docs/METHODS.md). Ability of a pupil = school + school × test + class + pupil, in four
 * subject dimensions that correlate .8; items follow the partial-credit model (Masters 1982) with difficulties that
 * differ from class to class. Every school, class, test and planted change draws from a stream of its own, named by
 * what it is: the order of generation does not matter, and planting changes nothing in any other class.
 */
#include <oko/simulate.h>

#include "base/memory.h"
#include "base/random.h"
#include "stats/plant.h"

#include <math.h>
#include <string.h>

enum {
    SUBJECTS = 4,
    MAX_ITEMS = OKO_PLANT_MAX_ITEMS,
    MAX_SCORE = 20, /* of one item */
    MAX_CUTOFFS = 8,
    MAX_SCHOOLS = 1000000,
    MAX_CLASSES = 32,
    MAX_CLASS = 200,
    MAX_TESTS = 64
};

#define SUBJECT_CORRELATION .8
#define SELECTIVE_SHIFT 1.5 /* SD of ability */
#define SD_TEACHER .62      /* noise of journal marks, in SD of pupils */

/* What a stream of random numbers is for. */
typedef enum purpose_of {
    FOR_SCHOOL = 1,
    FOR_COHORT,
    FOR_PUPILS,
    FOR_TEST,
    FOR_SITTING,
    FOR_ANSWERS,
    FOR_PLANT,
    FOR_MASS,
    FOR_OBSERVER
} purpose_of;

typedef struct item_shape {
    int max;
    double slope, difficulty;
    double step[MAX_SCORE]; /* exp(−slope·τ_k): how much harder the k-th point is than the item */
} item_shape;

typedef struct school_shape {
    int municipality, n_classes;
    bool selective, observed;
    double effect[SUBJECTS];
    double typical; /* share of the span min_class…max_class */
} school_shape;

/* One class in one test: everything that is handed out, and abilities. */
typedef struct room {
    oko_world_class c;
    double *ability;
    uint32_t *pupil;
    uint8_t *absent;
    int8_t *journal;
    int16_t *total, *honest;
    int8_t *items;
} room;

typedef struct world {
    const oko_world_options *o;
    const oko_world_test *test;
    int test_index, max_total;
    uint64_t test_key;
    double sd_ability;
    item_shape shape[MAX_ITEMS];
    room room;
} world;

/* ---- streams ---- */

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * UINT64_C(0x9FB21C651E98DF25);
    h ^= h >> 35;
    return h * UINT64_C(0xD6E8FEB86659FD93) ^ h >> 28;
}

static oko_rng stream(const world *w, purpose_of purpose, uint64_t key, int school, int class_index)
{
    uint64_t h = mix(UINT64_C(0x2545F4914F6CDD1D), (uint64_t)purpose);
    h = mix(h, key);
    h = mix(h, (uint64_t)school + 1);
    return oko_rng_make(w->o->seed, mix(h, (uint64_t)class_index + 1));
}

/* FNV-1a: tests are named by their code, so that their order does not matter. */
static uint64_t key_of(const char *code)
{
    uint64_t h = UINT64_C(0xCBF29CE484222325);
    for (const char *s = code; *s != '\0'; s++) {
        h = (h ^ (uint64_t)(unsigned char)*s) * UINT64_C(0x100000001B3);
    }
    return h;
}

static uint64_t cohort_key(const world *w)
{
    return (uint64_t)(int64_t)(w->test->year - w->test->grade);
}

/* ---- shapes ---- */

/* One draw per subject from N(0, sd²), correlating SUBJECT_CORRELATION. */
static void draw_subjects(oko_rng *rng, double sd, double ret[SUBJECTS])
{
    double common = oko_rng_normal(rng) * sqrt(SUBJECT_CORRELATION);
    for (int s = 0; s < SUBJECTS; s++) {
        ret[s] = sd * (common + oko_rng_normal(rng) * sqrt(1 - SUBJECT_CORRELATION));
    }
}

/* The first schools go round, so that no municipality is empty; the others prefer the large ones. */
static int draw_municipality(oko_rng *rng, int school, int n)
{
    double u = oko_rng_uniform(rng);
    if (school < n) {
        return school;
    }
    double sum = 0;
    for (int m = 0; m < n; m++) {
        sum += 1.0 / (m + 2);
    }
    double part = 0;
    for (int m = 0; m < n; m++) {
        part += 1.0 / (m + 2) / sum;
        if (u < part) {
            return m;
        }
    }
    return n - 1;
}

static school_shape shape_school(const world *w, int school)
{
    oko_rng rng = stream(w, FOR_SCHOOL, 0, school, 0);
    school_shape s = { .municipality = draw_municipality(&rng, school, w->o->municipalities) };
    s.selective = oko_rng_uniform(&rng) < w->o->selective;
    draw_subjects(&rng, w->o->sd_school, s.effect);
    if (s.selective) {
        for (int d = 0; d < SUBJECTS; d++) {
            s.effect[d] += SELECTIVE_SHIFT * w->sd_ability;
        }
    }
    s.n_classes = 1;
    while (s.n_classes < w->o->max_classes && oko_rng_uniform(&rng) < .55) {
        s.n_classes++;
    }
    /* A school with parallel classes fills them; a village school may have five pupils in a grade. */
    double u = oko_rng_uniform(&rng);
    s.typical = s.n_classes > 1 ? .55 + .4 * u : u;
    oko_rng observer = stream(w, FOR_OBSERVER, 0, school, 0);
    s.observed = oko_rng_uniform(&observer) < w->o->observed;
    return s;
}

static void shape_items(world *w)
{
    oko_rng rng = stream(w, FOR_TEST, w->test_key, 0, 0);
    int n = w->test->n_items;
    double centre = -.45 + .25 * oko_rng_normal(&rng);
    for (int j = 0; j < n; j++) {
        item_shape *item = &w->shape[j];
        item->max = w->test->item_max[j];
        item->slope = (.75 + .4 * oko_rng_uniform(&rng)) / sqrt((double)item->max);
        double along = n > 1 ? (double)j / (n - 1) - .5 : 0; /* later items are harder */
        item->difficulty = centre + along + .55 * oko_rng_normal(&rng);
        for (int k = 0; k < item->max; k++) {
            double tau = .5 * (k - (item->max - 1) / 2.0);
            item->step[k] = exp(-item->slope * tau);
        }
    }
}

/* ---- one class ---- */

static int class_size(const world *w, const school_shape *s, oko_rng *rng)
{
    int span = w->o->max_class - w->o->min_class;
    double at = s->typical + .12 * oko_rng_normal(rng);
    at = at < 0 ? 0 : at > 1 ? 1 : at;
    return w->o->min_class + (int)floor(at * span + .5);
}

/* Sizes of the cohort's classes; the running numbers of a class begin after those of the classes before it. */
static void seat_class(world *w, const school_shape *s, int school, int class_index)
{
    oko_rng rng = stream(w, FOR_COHORT, cohort_key(w), school, 0);
    uint32_t before = 0;
    int n = class_size(w, s, &rng);
    for (int k = 0; k < class_index; k++) {
        before += (uint32_t)n;
        n = class_size(w, s, &rng);
    }
    w->room.c.n = n;
    for (int i = 0; i < n; i++) {
        w->room.pupil[i] = before + (uint32_t)i + 1;
    }
}

/* Abilities in the test's subject. They belong to the cohort: its pupils are the same in every test and year. */
static double draw_abilities(world *w, const school_shape *s, int school, int class_index)
{
    oko_rng sitting = stream(w, FOR_SITTING, w->test_key, school, MAX_CLASSES);
    int subject = w->test->subject;
    double level = s->effect[subject] + w->o->sd_year * oko_rng_normal(&sitting);
    oko_rng rng = stream(w, FOR_PUPILS, cohort_key(w), school, class_index);
    double draw[SUBJECTS];
    draw_subjects(&rng, w->o->sd_class, draw);
    level += draw[subject];
    for (int i = 0; i < w->room.c.n; i++) {
        draw_subjects(&rng, w->o->sd_pupil, draw);
        w->room.ability[i] = level + draw[subject];
        w->room.c.ability += w->room.ability[i] / w->room.c.n;
    }
    return level;
}

/* Absence leans to the weak: its odds fall by e^½ per SD of ability. */
static void draw_absence(world *w, oko_rng *rng)
{
    double sd = w->sd_ability > 0 ? w->sd_ability : 1;
    for (int i = 0; i < w->room.c.n; i++) {
        double lean = exp(-.5 * w->room.ability[i] / sd - .125);
        w->room.absent[i] = oko_rng_uniform(rng) < w->o->absence * lean;
    }
}

/* Teachers see more than one test, and partly mark against the class: half of the class's level is forgiven. */
static void draw_journal(world *w, oko_rng *rng, double level)
{
    double sd = w->o->sd_pupil > 0 ? w->o->sd_pupil : 1;
    for (int i = 0; i < w->room.c.n; i++) {
        double seen = (w->room.ability[i] - .5 * level) / sd + SD_TEACHER * oko_rng_normal(rng);
        bool none = oko_rng_uniform(rng) < .002;
        w->room.journal[i] = (int8_t)(none ? 0 : seen > .95 ? 5 : seen > -.5 ? 4 : seen > -2.6 ? 3 : 2);
    }
}

static int draw_score(oko_rng *rng, const item_shape *item, double distance)
{
    double eta = item->slope * distance;
    double odds = exp(eta < -6 ? -6 : eta > 6 ? 6 : eta);
    double weight[MAX_SCORE + 1] = { 1 };
    double sum = 1;
    for (int k = 0; k < item->max; k++) {
        weight[k + 1] = weight[k] * odds * item->step[k];
        sum += weight[k + 1];
    }
    double u = oko_rng_uniform(rng) * sum;
    int score = 0;
    while (score < item->max && u >= weight[score]) {
        u -= weight[score++];
    }
    return score;
}

static int16_t sum_items(const world *w, int pupil)
{
    int n = w->test->n_items;
    const int8_t *items = w->room.items + (size_t)pupil * (size_t)n;
    int sum = 0;
    for (int j = 0; j < n; j++) {
        sum += items[j] > 0 ? items[j] : 0;
    }
    return (int16_t)sum;
}

/* Answers of the class: item by item difficulties of its own, and the severity of the school's markers, which weighs
 * more where an answer is written out. */
static void draw_answers(world *w, int school, oko_rng *rng)
{
    oko_rng markers = stream(w, FOR_SITTING, w->test_key, school, MAX_CLASSES + 1);
    double severity = w->o->sd_severity * oko_rng_normal(&markers);
    int n = w->test->n_items;
    double shift[MAX_ITEMS];
    for (int j = 0; j < n; j++) {
        shift[j] = w->shape[j].difficulty + w->o->sd_item_class * oko_rng_normal(rng) +
                   severity * (w->shape[j].max > 1 ? 1 : .5);
    }
    for (int i = 0; i < w->room.c.n; i++) {
        int8_t *items = w->room.items + (size_t)i * (size_t)n;
        for (int j = 0; j < n; j++) {
            double distance = w->room.ability[i] - shift[j];
            int score = draw_score(rng, &w->shape[j], distance);
            bool skipped = score == 0 && oko_rng_uniform(rng) < (distance < -1 ? .22 : .06);
            items[j] = (int8_t)(skipped ? -1 : score);
        }
        bool absent = w->room.absent[i] != 0;
        if (absent) {
            memset(items, -1, (size_t)n);
        }
        w->room.honest[i] = absent ? -1 : sum_items(w, i);
        w->room.total[i] = w->room.honest[i];
    }
}

/* ---- planted changes ---- */

/* Kinds that a class draws for itself: all but the exam of a school and the mass. */
static int class_kinds(const oko_world_options *o, oko_plant ret[OKO_PLANT_COUNT])
{
    int n = 0;
    for (int k = OKO_PLANT_NONE + 1; k < OKO_PLANT_EXAM; k++) {
        if (o->strength[k] > 0) {
            ret[n++] = (oko_plant)k;
        }
    }
    return n;
}

/* One of the kinds with this probability, else none; always the same number of draws. */
static oko_plant draw_plant(const oko_world_options *o, oko_rng *rng, double probability)
{
    oko_plant kind[OKO_PLANT_COUNT];
    int n = class_kinds(o, kind);
    bool planted = oko_rng_uniform(rng) < probability;
    int drawn = n > 0 ? (int)oko_rng_below(rng, (uint32_t)n) : 0;
    return planted && n > 0 ? kind[drawn] : OKO_PLANT_NONE;
}

/* Is this subject and year inflated in all classes of the school? As often as every other kind. */
static bool exam_inflated(const world *w, int school)
{
    oko_plant kind[OKO_PLANT_COUNT];
    double share = w->o->planted / (class_kinds(w->o, kind) + 1);
    oko_rng rng = stream(w, FOR_PLANT, mix((uint64_t)w->test->subject + 1, (uint64_t)w->test->year), school, -2);
    return w->o->strength[OKO_PLANT_EXAM] > 0 && oko_rng_uniform(&rng) < share;
}

static bool in_the_mass(const world *w, int school)
{
    oko_rng rng = stream(w, FOR_MASS, 0, school, 0);
    return oko_rng_uniform(&rng) < w->o->mass;
}

/* The class's own kind goes first, then what the whole school has, then the mass. */
static oko_plant choose_plant(world *w, int school, oko_rng *rng)
{
    oko_plant kinds[OKO_PLANT_COUNT];
    double n = class_kinds(w->o, kinds);
    double share = w->o->strength[OKO_PLANT_EXAM] > 0 ? n / (n + 1) : 1;
    oko_rng whole = stream(w, FOR_PLANT, w->test_key, school, -1);
    oko_plant kind = draw_plant(w->o, &whole, w->o->whole_school);
    oko_plant own = draw_plant(w->o, rng, w->o->planted * share);
    if (w->room.c.observed) {
        return OKO_PLANT_NONE;
    }
    kind = kind == OKO_PLANT_NONE && exam_inflated(w, school) ? OKO_PLANT_EXAM : kind;
    kind = kind == OKO_PLANT_NONE ? own : kind;
    return kind == OKO_PLANT_NONE && in_the_mass(w, school) ? OKO_PLANT_MASS : kind;
}

static void plant(world *w, int school, int class_index)
{
    oko_rng rng = stream(w, FOR_PLANT, w->test_key, school, class_index);
    oko_plant kind = choose_plant(w, school, &rng);
    double strength = w->o->strength[kind];
    strength = kind == OKO_PLANT_MASS && !(strength > 0) ? 1 : strength;
    const oko_plant_class c = { .n = w->room.c.n,
                                .n_items = w->test->n_items,
                                .item_max = w->test->item_max,
                                .n_cutoffs = w->test->n_cutoffs,
                                .cutoffs = w->test->cutoffs,
                                .ability = w->room.ability,
                                .absent = w->room.absent,
                                .total = w->room.total,
                                .items = w->room.items };
    w->room.c.plant = kind;
    w->room.c.strength = plant_kind(kind == OKO_PLANT_MASS ? w->o->mass_kind : kind, strength, &rng, &c);
}

static void make_class(world *w, const school_shape *s, int school, int class_index)
{
    oko_world_class *c = &w->room.c;
    *c = (oko_world_class){ .test = w->test_index,
                            .municipality = s->municipality,
                            .school = school,
                            .class_index = class_index,
                            .selective = s->selective,
                            .observed = s->observed,
                            .pupil = w->room.pupil,
                            .absent = w->room.absent,
                            .journal = w->room.journal,
                            .total = w->room.total,
                            .items = w->room.items,
                            .honest_total = w->room.honest };
    seat_class(w, s, school, class_index);
    double level = draw_abilities(w, s, school, class_index);
    oko_rng rng = stream(w, FOR_ANSWERS, w->test_key, school, class_index);
    draw_absence(w, &rng);
    draw_journal(w, &rng, level);
    draw_answers(w, school, &rng);
    plant(w, school, class_index);
}

/* ---- the region ---- */

static bool within(double value, double min, double max)
{
    return value >= min && value <= max; /* false for NaN */
}

static bool plants_fit(const oko_world_options *o)
{
    bool fit = within(o->sd_year, 0, 5) && within(o->mass, 0, 1) && within(o->observed, 0, 1) &&
               o->mass_kind > OKO_PLANT_NONE && o->mass_kind < OKO_PLANT_EXAM;
    for (int k = 0; k < OKO_PLANT_COUNT; k++) {
        fit = fit && within(o->strength[k], 0, PLANT_MAX_STRENGTH);
    }
    return fit;
}

static bool options_fit(const oko_world_options *o)
{
    return o->municipalities >= 1 && o->municipalities <= 10000 && o->schools >= 1 && o->schools <= MAX_SCHOOLS &&
           o->min_class >= 1 && o->min_class <= o->max_class && o->max_class <= MAX_CLASS && o->max_classes >= 1 &&
           o->max_classes <= MAX_CLASSES && within(o->sd_school, 0, 5) && within(o->sd_class, 0, 5) &&
           within(o->sd_pupil, 0, 5) && within(o->sd_item_class, 0, 5) && within(o->sd_severity, 0, 5) &&
           within(o->selective, 0, 1) && within(o->absence, 0, .5) && within(o->planted, 0, 1) &&
           within(o->whole_school, 0, 1) && plants_fit(o);
}

static bool test_fits(const oko_world_test *t)
{
    if (t->code == NULL || t->subject < 0 || t->subject >= SUBJECTS || t->n_items < 1 || t->n_items > MAX_ITEMS ||
        t->item_max == NULL || t->n_cutoffs < 0 || t->n_cutoffs > MAX_CUTOFFS ||
        (t->n_cutoffs > 0 && t->cutoffs == NULL)) {
        return false;
    }
    for (int j = 0; j < t->n_items; j++) {
        if (t->item_max[j] < 1 || t->item_max[j] > MAX_SCORE) {
            return false;
        }
    }
    for (int k = 0; k < t->n_cutoffs; k++) {
        if (t->cutoffs[k] <= (k > 0 ? t->cutoffs[k - 1] : 0)) {
            return false;
        }
    }
    return true;
}

static void world_free(world *w)
{
    oko_freep(&w->room.ability);
    oko_freep(&w->room.pupil);
    oko_freep(&w->room.absent);
    oko_freep(&w->room.journal);
    oko_freep(&w->room.total);
    oko_freep(&w->room.honest);
    oko_freep(&w->room.items);
}

static void world_freep(world **w)
{
    if (*w != NULL) {
        world_free(*w);
        oko_freep(w);
    }
}

static oko_status room_alloc(room *r, size_t n, size_t max_items)
{
    r->ability = oko_calloc_array(n, sizeof *r->ability);
    r->pupil = oko_calloc_array(n, sizeof *r->pupil);
    r->absent = oko_calloc_array(n, sizeof *r->absent);
    r->journal = oko_calloc_array(n, sizeof *r->journal);
    r->total = oko_calloc_array(n, sizeof *r->total);
    r->honest = oko_calloc_array(n, sizeof *r->honest);
    r->items = oko_calloc_array(n * max_items, sizeof *r->items);
    bool all = r->ability != NULL && r->pupil != NULL && r->absent != NULL && r->journal != NULL && r->total != NULL &&
               r->honest != NULL && r->items != NULL;
    return all ? OKO_OK : OKO_E_MEMORY;
}

static void open_test(world *w, const oko_world_test *tests, int index)
{
    w->test = &tests[index];
    w->test_index = index;
    w->test_key = key_of(w->test->code);
    w->max_total = 0;
    for (int j = 0; j < w->test->n_items; j++) {
        w->max_total += w->test->item_max[j];
    }
    shape_items(w);
}

static oko_status walk_schools(world *w, oko_world_fn fn, void *ctx)
{
    for (int school = 0; school < w->o->schools; school++) {
        school_shape s = shape_school(w, school);
        for (int k = 0; k < s.n_classes; k++) {
            make_class(w, &s, school, k);
            oko_status status = fn(ctx, &w->room.c);
            if (status != OKO_OK) {
                return status;
            }
        }
    }
    return OKO_OK;
}

oko_status oko_simulate(const oko_world_options *options, const oko_world_test *tests, int n_tests, oko_world_fn fn,
                        void *ctx)
{
    if (options == NULL || tests == NULL || fn == NULL || n_tests < 1 || n_tests > MAX_TESTS || !options_fit(options)) {
        return OKO_E_ARGUMENT;
    }
    int max_items = 0;
    for (int t = 0; t < n_tests; t++) {
        if (!test_fits(&tests[t])) {
            return OKO_E_ARGUMENT;
        }
        max_items = tests[t].n_items > max_items ? tests[t].n_items : max_items;
    }
    OKO_CLEANUP(world_freep) world *w = oko_calloc_array(1, sizeof *w);
    if (w == NULL) {
        return OKO_E_MEMORY;
    }
    w->o = options;
    w->sd_ability = sqrt(options->sd_school * options->sd_school + options->sd_class * options->sd_class +
                         options->sd_pupil * options->sd_pupil);
    oko_status status = room_alloc(&w->room, (size_t)options->max_class, (size_t)max_items);
    for (int t = 0; t < n_tests && status == OKO_OK; t++) {
        open_test(w, tests, t);
        status = walk_schools(w, fn, ctx);
    }
    return status;
}
