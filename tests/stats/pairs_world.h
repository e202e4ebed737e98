/* A made-up test for the pair statistics: nominal responses with known probabilities. Include after cmocka.h. */
#ifndef OKO_TEST_PAIRS_WORLD_H
#define OKO_TEST_PAIRS_WORLD_H

#include <oko/pairs.h>

#include "base/random.h"

#include <stdlib.h>
#include <string.h>

typedef struct pairs_world {
    oko_responses r;
    int8_t *answer, *n_options, *key;
} pairs_world;

static inline void free_world(pairs_world *w)
{
    free(w->answer);
    free(w->n_options);
    free(w->key);
}

/* Persons of N(0,1) ability; item j has 2 + j % 3 (options) answers, the key j % 2; a share is left blank. */
static inline pairs_world make_world(size_t persons, int items, double blank, uint64_t seed)
{
    pairs_world w = { .answer = malloc(persons * (size_t)items),
                      .n_options = malloc((size_t)items),
                      .key = malloc((size_t)items) };
    assert_non_null(w.answer);
    assert_non_null(w.n_options);
    assert_non_null(w.key);
    oko_rng rng = oko_rng_make(seed, 7);
    for (int j = 0; j < items; j++) {
        w.n_options[j] = (int8_t)(3 + j % 3);
        w.key[j] = (int8_t)(j % 2);
    }
    for (size_t i = 0; i < persons; i++) {
        double ability = oko_rng_normal(&rng);
        for (int j = 0; j < items; j++) {
            double easy = 1.4 - 2.6 * ((j * 7) % items) / items;
            bool right = oko_rng_uniform(&rng) < 1 / (1 + exp(-ability - easy));
            double u = oko_rng_uniform(&rng);
            int wrong = u < .55 ? 1 : 1 + (int)oko_rng_below(&rng, (uint32_t)(w.n_options[j] - 1));
            int answer = (w.key[j] + (right ? 0 : wrong)) % w.n_options[j];
            bool left_out = oko_rng_uniform(&rng) < blank;
            w.answer[i * (size_t)items + (size_t)j] = (int8_t)(left_out ? -1 : answer);
        }
    }
    w.r = (oko_responses){
        .n_persons = persons, .n_items = items, .answer = w.answer, .n_options = w.n_options, .key = w.key
    };
    return w;
}

/* Person `to` takes the answers of `from` to the first `items` items. */
static inline void copy_answers(pairs_world *w, size_t from, size_t to, int items)
{
    size_t n = (size_t)w->r.n_items;
    memcpy(w->answer + to * n, w->answer + from * n, (size_t)items);
}

static inline oko_option_probs *curves_of(const oko_responses *r)
{
    oko_option_probs *probs = NULL;
    assert_int_equal(oko_option_curves(r, NULL, &probs), OKO_OK);
    return probs;
}

#endif
