/*
 * A made-up region with known truth: pupils nested in classes, schools and municipalities, two years, four tests,
 * and planted manipulation of stated kinds. Seeded: the same options give the same pupils on every machine.
 */
#ifndef OKO_SIMULATE_H
#define OKO_SIMULATE_H

#include <oko/status.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Planted kinds (methods: see docs/METHODS.md). The figures are those at strength 1. */
typedef enum oko_plant {
    OKO_PLANT_NONE,
    OKO_PLANT_BUNCHING,   /* works one (.85) and two (.6) points below a cut-off are lifted onto it */
    OKO_PLANT_CORRECTION, /* in .6 of the works .4 of the items that are not full are made full */
    OKO_PLANT_DICTATION,  /* a quarter of the items told to the class; .9 of the pupils write them down */
    OKO_PLANT_EXCLUSION,  /* the weakest .3 of the pupils are absent */
    OKO_PLANT_UPLIFT,     /* a tenth of the maximum added to all */
    OKO_PLANT_COPYING,    /* every second pupil copies .4 of the items from a neighbour */
    OKO_PLANT_RING,       /* .3 of the pupils (three at least) take .6 of the items from the best of them */
    OKO_PLANT_LENIENT,    /* items with more than one mark (else the last quarter): a mark more in .5 of the answers */
    OKO_PLANT_EXAM, /* one exam inflated: a tenth of the maximum in all classes of a school, one subject and year */
    OKO_PLANT_MASS, /* the school belongs to the part of the region that does `mass_kind` in all its tests */
    OKO_PLANT_COUNT
} oko_plant;
/* "none", "bunching", "correction", "dictation", "exclusion", "uplift", "copying", "ring", "lenient", "exam", "mass":
 * the names of truth.csv. "" for another number. */
const char *oko_plant_name(oko_plant plant);

enum {
    OKO_PLANT_MAX_ITEMS = 250,
    OKO_PLANT_MAX_PUPILS = 1000, /* of one class */
    OKO_PLANT_NOT_TRIED = -1,
    OKO_PLANT_NOT_GIVEN = -2 /* missing by design: another booklet has the item */
};

/* A class that is to be changed. The arrays are the caller's. */
typedef struct oko_plant_class {
    int n, n_items; /* pupils; items 1…OKO_PLANT_MAX_ITEMS */
    const int16_t *item_max;
    int n_cutoffs;
    const int16_t *cutoffs; /* may be NULL when n_cutoffs is 0 */
    const double *ability;  /* [n] who is weak (exclusion); NULL = by total */
    uint8_t *absent;        /* [n] */
    int16_t *total;         /* [n] sum of the scores; −1 when absent */
    int8_t *items;          /* [n × n_items] score, OKO_PLANT_NOT_TRIED or OKO_PLANT_NOT_GIVEN (never changed) */
} oko_plant_class;

/*
 * Plants one kind into a class of any origin (OKO_PLANT_EXAM as a flat uplift; OKO_PLANT_NONE and OKO_PLANT_MASS change
 * nothing). strength: multiplies the shares above, 0…10; shares end at 1. ret_changed: works changed, or pupils left
 * out. The same seed gives the same change. OKO_E_ARGUMENT.
 */
oko_status oko_plant_into(oko_plant kind, double strength, uint64_t seed, const oko_plant_class *c,
                          int *ret_changed) OKO_WARN_UNUSED;

typedef struct oko_world_options {
    uint64_t seed;
    int municipalities;                   /* default 12 */
    int schools;                          /* default 150 */
    int min_class, max_class;             /* pupils, default 5…30 */
    int max_classes;                      /* parallel classes per school and grade, default 4 */
    double sd_school, sd_class, sd_pupil; /* of ability; defaults .40, .30, .90 */
    double sd_year;                       /* a school's better and worse years, test by test; default .15 */
    double sd_item_class;                 /* item × class, default .30 */
    double sd_severity;                   /* marker severity of the school, default .10 */
    double selective;                     /* share of selective schools at +1.5 SD, default .04 */
    double absence;                       /* default .05, biased to weaker pupils */
    double planted;                       /* share of classes with planted manipulation, default .10 */
    double whole_school; /* share of schools, test by test, whose classes all have one kind; default 0 */
    /* Of each kind, 0…10; 0 = the kind is not drawn. Kinds that are drawn come equally often; default: 1 for the six
     * kinds from bunching to copying, 0 for the others. */
    double strength[OKO_PLANT_COUNT];
    double mass;         /* share of schools whose other classes all have `mass_kind` in every test; default 0 */
    oko_plant mass_kind; /* bunching … lenient; at strength[OKO_PLANT_MASS], 0 counting as 1. Default bunching */
    double observed;     /* share of schools with an observer, where nothing is planted; default 0 */
} oko_world_options;
/* Defaults as documented above. */
#define OKO_WORLD_OPTIONS_INIT                                                                                         \
    {                                                                                                                  \
        .seed = 2021, .municipalities = 12, .schools = 150, .min_class = 5, .max_class = 30, .max_classes = 4,         \
        .sd_school = .40, .sd_class = .30, .sd_pupil = .90, .sd_year = .15, .sd_item_class = .30, .sd_severity = .10,  \
        .selective = .04, .absence = .05, .planted = .10, .strength = { 0, 1, 1, 1, 1, 1, 1 },                         \
        .mass_kind = OKO_PLANT_BUNCHING                                                                                \
    }

/* A test of the world: items and cut-offs; two tests are linked when one cohort takes both. */
typedef struct oko_world_test {
    const char *code; /* "2021-05-MA" */
    int year, grade;  /* a cohort is year − grade */
    int subject;      /* index of the ability dimension, 0…3; dimensions correlate .8 */
    int n_items;
    const int16_t *item_max;
    int n_cutoffs;
    const int16_t *cutoffs;
} oko_world_test;

/* One class in one test, handed to the caller; arrays are valid during the call. */
typedef struct oko_world_class {
    int test;         /* index into tests */
    int municipality; /* 0… */
    int school;       /* 0… */
    int class_index;  /* 0… within the grade of the school */
    bool selective, observed;
    double ability;        /* mean ability of the pupils on the roll in the test's subject */
    oko_plant plant;       /* the truth */
    double strength;       /* works changed (all kinds but exclusion), pupils left out (exclusion) */
    int n;                 /* pupils on the roll */
    const uint32_t *pupil; /* [n] running number in the school's grade and year, the same in all tests of a year */
    const uint8_t *absent; /* [n] */
    const int8_t *journal; /* [n] 2…5, 0 none */
    const int16_t *total;  /* [n]; −1 when absent */
    const int8_t *items;   /* [n × n_items]; −1 not tried */
    const int16_t *honest_total; /* [n] total before manipulation */
} oko_world_class;
typedef oko_status (*oko_world_fn)(void *ctx, const oko_world_class *c);

/* Calls fn for every class of every test: test by test, school by school. OKO_E_ARGUMENT, OKO_E_MEMORY, or fn's status.
 */
oko_status oko_simulate(const oko_world_options *options, const oko_world_test *tests, int n_tests, oko_world_fn fn,
                        void *ctx) OKO_WARN_UNUSED;

#ifdef __cplusplus
}
#endif
#endif
