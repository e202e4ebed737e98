/* Persons laid out in blocks of lanes, and bit sets of their answers. */
#include "stats/pairs_table.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

typedef struct placed {
    int32_t group;
    uint32_t person;
} placed;

static int compare_placed(const void *a, const void *b)
{
    const placed *x = a;
    const placed *y = b;
    int by_group = (x->group > y->group) - (x->group < y->group);
    return by_group != 0 ? by_group : (x->person > y->person) - (x->person < y->person);
}

static oko_status choose_persons(pair_table *table)
{
    size_t all = table->r->n_persons;
    OKO_CLEANUP(oko_freep) placed *order = oko_alloc_array(all, sizeof *order);
    table->person = oko_alloc_array(all, sizeof *table->person);
    if (order == NULL || table->person == NULL) {
        return OKO_E_MEMORY;
    }
    for (size_t i = 0; i < all; i++) {
        int32_t group = table->within == NULL ? 0 : table->within[i];
        if (group >= 0) {
            order[table->n++] = (placed){ group, (uint32_t)i };
        }
    }
    qsort(order, table->n, sizeof *order, compare_placed);
    for (size_t x = 0; x < table->n; x++) {
        table->person[x] = order[x].person;
    }
    return OKO_OK;
}

static oko_status allocate(pair_table *table)
{
    size_t blocks = (table->n + PAIR_LANES - 1) / PAIR_LANES;
    size_t items = table->shape.n_items;
    table->n_words = (items + 63) / 64;
    table->right = oko_alloc_array(items, sizeof *table->right);
    if (table->right == NULL) {
        return OKO_E_MEMORY;
    }
    if (table->n == 0) {
        return OKO_OK;
    }
    table->block_p = oko_calloc_array(blocks * table->n_columns, PAIR_LANES * sizeof *table->block_p);
    table->block_hit = oko_calloc_array(blocks * table->n_columns, PAIR_LANES * sizeof *table->block_hit);
    table->answered = oko_calloc_array(table->n * table->n_words, sizeof *table->answered);
    table->correct = oko_calloc_array(table->n * table->n_words, sizeof *table->correct);
    table->n_answered = oko_calloc_array(table->n, sizeof *table->n_answered);
    bool lost = table->block_p == NULL || table->block_hit == NULL || table->answered == NULL ||
                table->correct == NULL || table->n_answered == NULL;
    return lost ? OKO_E_MEMORY : OKO_OK;
}

static void set_right(pair_table *table)
{
    const oko_responses *r = table->r;
    table->all_keyed = true;
    for (int j = 0; j < r->n_items; j++) {
        int right = r->marks ? r->n_options[j] - 1 : r->key != NULL ? r->key[j] : -1;
        table->right[j] = right < 0 ? -1 : table->shape.offset[j] + right;
        table->all_keyed = table->all_keyed && right >= 0;
    }
    table->shape.right = table->right;
}

static void lay_person(pair_table *table, size_t place)
{
    const oko_responses *r = table->r;
    const int8_t *answer = r->answer + table->person[place] * (size_t)r->n_items;
    const double *p = oko_option_probs_of(table->probs, table->person[place]);
    size_t base = place / PAIR_LANES * table->n_columns * PAIR_LANES + place % PAIR_LANES;
    for (int j = 0; j < r->n_items; j++) {
        int column = table->shape.offset[j] + answer[j];
        uint64_t bit = UINT64_C(1) << (j % 64);
        size_t word = place * table->n_words + (size_t)j / 64;
        if (answer[j] < 0) {
            continue;
        }
        table->n_answered[place]++;
        table->answered[word] |= bit;
        table->correct[word] |= column == table->right[j] ? bit : 0;
        table->block_hit[base + (size_t)column * PAIR_LANES] = 1;
        for (int t = table->shape.offset[j]; t < table->shape.offset[j + 1]; t++) {
            table->block_p[base + (size_t)t * PAIR_LANES] = p[t];
        }
    }
}

oko_status pair_table_make(const oko_responses *r, const oko_option_probs *probs, const int32_t *within,
                           pair_table *ret)
{
    *ret = (pair_table){ .r = r, .probs = probs, .within = within };
    ret->shape = (pair_shape){ .n_items = (size_t)r->n_items, .offset = probs->offset };
    ret->n_columns = (size_t)probs->offset[r->n_items];
    oko_status status = choose_persons(ret);
    if (status == OKO_OK) {
        status = allocate(ret);
    }
    if (status != OKO_OK) {
        return status;
    }
    set_right(ret);
    for (size_t x = 0; x < ret->n; x++) {
        lay_person(ret, x);
    }
    return OKO_OK;
}

void pair_table_free(pair_table *table)
{
    free(table->person);
    free(table->right);
    free(table->block_p);
    free(table->block_hit);
    free(table->answered);
    free(table->correct);
    free(table->n_answered);
}

int32_t pair_table_group(const pair_table *table, size_t place)
{
    return table->within == NULL ? 0 : table->within[table->person[place]];
}

void pair_table_person(const pair_table *table, size_t place, double *ret_p, int *ret_answer)
{
    const oko_responses *r = table->r;
    const int8_t *answer = r->answer + table->person[place] * (size_t)r->n_items;
    memcpy(ret_p, oko_option_probs_of(table->probs, table->person[place]), table->n_columns * sizeof *ret_p);
    for (int j = 0; j < r->n_items; j++) {
        ret_answer[j] = answer[j] < 0 ? -1 : table->shape.offset[j] + answer[j];
        for (int t = table->shape.offset[j]; answer[j] < 0 && t < table->shape.offset[j + 1]; t++) {
            ret_p[t] = 0;
        }
    }
}

/* Set bits of a word. */
static int bits(uint64_t x)
{
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (int)(x * UINT64_C(0x0101010101010101) >> 56);
}

int pair_table_common(const pair_table *table, size_t x, size_t y)
{
    int items = (int)table->shape.n_items;
    if (table->n_answered[x] == items || table->n_answered[y] == items) {
        return table->n_answered[x] < table->n_answered[y] ? table->n_answered[x] : table->n_answered[y];
    }
    int common = 0;
    for (size_t w = 0; w < table->n_words; w++) {
        common += bits(table->answered[x * table->n_words + w] & table->answered[y * table->n_words + w]);
    }
    return common;
}

void pair_table_count(const pair_table *table, size_t x, size_t y, oko_pair *pair)
{
    pair->right = 0;
    for (size_t w = 0; w < table->n_words; w++) {
        pair->right += bits(table->correct[x * table->n_words + w] & table->correct[y * table->n_words + w]);
    }
    pair->wrong = pair->matches - pair->right;
    const oko_responses *r = table->r;
    const int8_t *a = r->answer + table->person[x] * (size_t)r->n_items;
    const int8_t *b = r->answer + table->person[y] * (size_t)r->n_items;
    for (size_t j = 0; !table->all_keyed && j < table->shape.n_items; j++) {
        pair->wrong -= table->right[j] < 0 && a[j] >= 0 && a[j] == b[j];
    }
    pair->both_missing = (int32_t)table->shape.n_items - table->n_answered[x] - table->n_answered[y] + pair->n;
}
