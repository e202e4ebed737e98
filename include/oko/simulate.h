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

/* Planted kinds (methods: see docs/METHODS.md). */
typedef enum oko_plant {
    OKO_PLANT_NONE,
    OKO_PLANT_BUNCHING,   /* works just below a cut-off are lifted over it */
    OKO_PLANT_CORRECTION, /* wrong items corrected for part of the pupils */
    OKO_PLANT_DICTATION,  /* some items told to the class */
    OKO_PLANT_EXCLUSION,  /* the weakest pupils are absent */
    OKO_PLANT_UPLIFT,     /* marks added to all */
    OKO_PLANT_COPYING,    /* pupils copy items from neighbours */
    OKO_PLANT_COUNT
} oko_plant;
const char *oko_plant_name(oko_plant plant);

typedef struct oko_world_options {
    uint64_t seed;
    int municipalities;                   /* default 12 */
    int schools;                          /* default 150 */
    int min_class, max_class;             /* pupils, default 5…30 */
    int max_classes;                      /* parallel classes per school and grade, default 4 */
    double sd_school, sd_class, sd_pupil; /* of ability; defaults .40, .30, .90 */
    double sd_item_class;                 /* item × class, default .30 */
    double sd_severity;                   /* marker severity of the school, default .10 */
    double selective;                     /* share of selective schools at +1.5 SD, default .04 */
    double absence;                       /* default .05, biased to weaker pupils */
    double planted;                       /* share of classes with planted manipulation, default .10 */
    double whole_school; /* share of schools, test by test, whose classes all have one kind; default 0 */
} oko_world_options;
/* Defaults as documented above. */
#define OKO_WORLD_OPTIONS_INIT                                                                                         \
    {                                                                                                                  \
        .seed = 2021, .municipalities = 12, .schools = 150, .min_class = 5, .max_class = 30, .max_classes = 4,         \
        .sd_school = .40, .sd_class = .30, .sd_pupil = .90, .sd_item_class = .30, .sd_severity = .10,                  \
        .selective = .04, .absence = .05, .planted = .10                                                               \
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
    bool selective;
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
