/* Tables of responses: ranges and repeated persons. */
#include <oko/responses.h>

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static bool sizes_fit(const oko_responses *r)
{
    return r != NULL && r->n_persons >= 1 && r->n_persons <= OKO_RESPONSES_MAX_PERSONS && r->n_items >= 1 &&
           r->n_items <= OKO_RESPONSES_MAX_ITEMS && r->answer != NULL && r->n_options != NULL;
}

oko_status oko_responses_check(const oko_responses *r)
{
    if (!sizes_fit(r)) {
        return OKO_E_ARGUMENT;
    }
    for (int j = 0; j < r->n_items; j++) {
        bool bad_key = !r->marks && r->key != NULL && (r->key[j] < -1 || r->key[j] >= r->n_options[j]);
        if (r->n_options[j] < 1 || r->n_options[j] > OKO_RESPONSES_MAX_OPTIONS || bad_key) {
            return OKO_E_ARGUMENT;
        }
    }
    const int8_t *answer = r->answer;
    for (size_t i = 0; i < r->n_persons; i++) {
        for (int j = 0; j < r->n_items; j++, answer++) {
            if (*answer < -1 || *answer >= r->n_options[j]) {
                return OKO_E_ARGUMENT;
            }
        }
    }
    return OKO_OK;
}

typedef struct named {
    const char *id;
    size_t at;
} named;

static int compare_named(const void *a, const void *b)
{
    const named *x = a;
    const named *y = b;
    int by_id = strcmp(x->id, y->id);
    return by_id != 0 ? by_id : (x->at > y->at) - (x->at < y->at);
}

oko_status oko_responses_duplicates(size_t n, const char *const *id, size_t *ret_first, size_t *ret_n_repeats)
{
    if (n == 0 || n > OKO_RESPONSES_MAX_PERSONS || id == NULL || ret_first == NULL) {
        return OKO_E_ARGUMENT;
    }
    OKO_CLEANUP(oko_freep) named *order = oko_alloc_array(n, sizeof *order);
    if (order == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        if (id[i] == NULL) {
            return OKO_E_ARGUMENT;
        }
        order[i] = (named){ id[i], i };
    }
    qsort(order, n, sizeof *order, compare_named);
    size_t repeats = 0;
    for (size_t i = 0; i < n; i++) {
        bool again = i > 0 && strcmp(order[i].id, order[i - 1].id) == 0;
        ret_first[order[i].at] = again ? ret_first[order[i - 1].at] : order[i].at;
        repeats += again;
    }
    if (ret_n_repeats != NULL) {
        *ret_n_repeats = repeats;
    }
    return OKO_OK;
}

void oko_option_probs_free(oko_option_probs *probs)
{
    if (probs != NULL) {
        free(probs->offset);
        free(probs->row);
        free(probs->p);
        free(probs);
    }
}

void oko_option_probs_freep(oko_option_probs **probs)
{
    oko_option_probs_free(*probs);
    *probs = NULL;
}

const double *oko_option_probs_of(const oko_option_probs *probs, size_t person)
{
    return probs->p + (size_t)probs->row[person] * (size_t)probs->offset[probs->n_items];
}
