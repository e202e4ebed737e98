/*
 * Real data with known cases. Licensure exam (Cizek & Wollack 2017): GBT on options, per-examinee Bonferroni at .001,
 * finds at least 9 of 46 examinees whom the vendor suspected and at most 1 of the 1 590 others. Negocios: two students
 * confessed, and theirs is the only one of 124 750 pairs to pass Bonferroni at .001. The model knows nothing of either.
 * Needs ../shared/data.
 */
#include <oko/pairs.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"

enum { SKIPPED = 77, MAX_COLUMNS = 700, MAX_LINE = 16384 };

/* A CSV file in memory: cells as texts without quotes. */
typedef struct csv {
    size_t n_rows, n_columns;
    char **cell; /* [n_rows × n_columns], row 0 = heads */
    char *text;
} csv;

static char *read_text(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        return NULL;
    }
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    long n = ftell(f);
    rewind(f);
    char *text = malloc((size_t)n + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)n, f), n);
    text[n] = '\0';
    (void)fclose(f);
    return text;
}

static csv read_csv(const char *path)
{
    csv table = { .text = read_text(path) };
    assert_non_null(table.text);
    size_t cap = 1;
    for (const char *c = table.text; *c != '\0'; c++) {
        cap += *c == ',' || *c == '\n';
    }
    table.cell = calloc(cap, sizeof *table.cell);
    assert_non_null(table.cell);
    size_t n = 0;
    char *at = table.text;
    while (*at != '\0') {
        char *end = at + strcspn(at, ",\r\n");
        char stop = *end;
        char *next = *end == '\0' ? end : end + 1 + (*end == '\r');
        *end = '\0';
        size_t length = strlen(at);
        if (length >= 2 && *at == '"') {
            at[length - 1] = '\0';
            at++;
        }
        table.cell[n++] = at;
        if (stop != ',') {
            table.n_columns = table.n_columns == 0 ? n : table.n_columns;
            table.n_rows++;
        }
        at = next;
    }
    assert_int_equal(n, table.n_rows * table.n_columns);
    return table;
}

static void free_csv(csv *table)
{
    free(table->cell);
    free(table->text);
}

static size_t column(const csv *table, const char *head)
{
    for (size_t c = 0; c < table->n_columns; c++) {
        if (strcmp(table->cell[c], head) == 0) {
            return c;
        }
    }
    fail_msg("no column %s", head);
    return 0;
}

/* Options 1–4 in n columns from `first` → codes 0–3, −1 where there is nothing. */
static int8_t *codes(const csv *table, size_t first, size_t n)
{
    int8_t *answer = malloc((table->n_rows - 1) * n);
    assert_non_null(answer);
    for (size_t i = 1; i < table->n_rows; i++) {
        for (size_t j = 0; j < n; j++) {
            char c = table->cell[i * table->n_columns + first + j][0];
            answer[(i - 1) * n + j] = (int8_t)(c >= '1' && c <= '4' ? c - '1' : -1);
        }
    }
    return answer;
}

/* The key of item j: the option of those who got it right. */
static int8_t key_of(const csv *table, const int8_t *answer, size_t n, size_t j, size_t raw)
{
    for (size_t i = 1; i < table->n_rows; i++) {
        if (table->cell[i * table->n_columns + raw + j][0] == '1' && answer[(i - 1) * n + j] >= 0) {
            return answer[(i - 1) * n + j];
        }
    }
    return -1;
}

static oko_pairs *compare(const oko_responses *r, oko_correction correction, double alpha, double keep)
{
    oko_option_probs *probs = NULL;
    oko_pairs *pairs = NULL;
    assert_int_equal(oko_option_curves(r, NULL, &probs), OKO_OK);
    oko_pairs_options options = { .stats = OKO_PAIR_GBT | OKO_PAIR_OMEGA, .keep_p = keep, .threads = 2 };
    assert_int_equal(oko_pairs_all(r, probs, &options, &pairs), OKO_OK);
    assert_int_equal(oko_pairs_adjust(pairs, correction, alpha), OKO_OK);
    oko_option_probs_free(probs);
    return pairs;
}

static void licensure_finds_the_suspected(void **unused)
{
    (void)unused;
    enum { ITEMS = 170 };
    csv table = read_csv(OKO_SHARED_DATA "/licensure_form1_flagged.csv");
    size_t persons = table.n_rows - 1;
    assert_int_equal(persons, 1636);
    size_t raw = column(&table, "iraw.1");
    int8_t *answer = codes(&table, column(&table, "iresp.1"), ITEMS);
    int8_t n_options[ITEMS];
    int8_t key[ITEMS];
    for (size_t j = 0; j < ITEMS; j++) {
        n_options[j] = 4;
        key[j] = key_of(&table, answer, ITEMS, j, raw);
        assert_true(key[j] >= 0);
    }
    oko_responses r = { .n_persons = persons, .n_items = ITEMS, .answer = answer, .n_options = n_options, .key = key };
    oko_pairs *pairs = compare(&r, OKO_CORRECTION_EXAMINEE, .001, 1e-5);
    uint8_t *flagged = calloc(persons, 1);
    assert_non_null(flagged);
    for (size_t k = 0; k < pairs->n; k++) {
        if (pairs->pair[k].flag) {
            flagged[pairs->pair[k].a] = flagged[pairs->pair[k].b] = 1;
        }
    }
    int of_suspected = 0;
    int of_others = 0;
    int suspected = 0;
    size_t mark = column(&table, "Flagged");
    for (size_t i = 0; i < persons; i++) {
        bool by_vendor = table.cell[(i + 1) * table.n_columns + mark][0] == '1';
        suspected += by_vendor;
        of_suspected += by_vendor && flagged[i];
        of_others += !by_vendor && flagged[i];
    }
    print_message("licensure: %d of %d suspected, %d of %zu others, %u groups\n", of_suspected, suspected, of_others,
                  persons - (size_t)suspected, pairs->n_groups);
    assert_int_equal(suspected, 46);
    assert_true(of_suspected >= 9);
    assert_true(of_others <= 1);
    free(flagged);
    free(answer);
    oko_pairs_free(pairs);
    free_csv(&table);
}

static void negocios_finds_the_pair(void **unused)
{
    (void)unused;
    enum { ITEMS = 60 };
    csv table = read_csv(OKO_SHARED_DATA "/negocios_500x60.csv");
    csv keys = read_csv(OKO_SHARED_DATA "/negocios_key.csv");
    assert_int_equal(table.n_rows, 501);
    int8_t *answer = codes(&table, 1, ITEMS);
    int8_t *key = codes(&keys, column(&keys, "key"), 1);
    int8_t n_options[ITEMS];
    memset(n_options, 4, sizeof n_options);
    oko_responses r = { .n_persons = 500, .n_items = ITEMS, .answer = answer, .n_options = n_options, .key = key };
    oko_pairs *pairs = compare(&r, OKO_CORRECTION_BONFERRONI, .001, .01);
    assert_int_equal(pairs->n_compared, 124750);
    size_t passed = 0;
    double next = 1;
    for (size_t k = 0; k < pairs->n; k++) {
        const oko_pair *pair = &pairs->pair[k];
        if (!pair->flag) {
            next = pair->gbt_p < next ? pair->gbt_p : next;
            continue;
        }
        passed++;
        print_message("negocios: %d of %d same, expected %.2f, GBT log p %.1f, omega %.2f\n", pair->matches, pair->n,
                      pair->expected, pair->gbt_log_p, pair->omega);
        assert_string_equal(table.cell[((size_t)pair->a + 1) * table.n_columns], "210515");
        assert_string_equal(table.cell[((size_t)pair->b + 1) * table.n_columns], "210516");
        assert_int_equal(pair->matches, 59);
        assert_int_equal(pair->n, 59); /* the sixtieth item was left blank by one of them */
        assert_near(pair->expected, 28.0, 1.5);
    }
    print_message("negocios: %zu pair passes Bonferroni at .001; next one p × pairs = %.2g\n", passed,
                  next * (double)pairs->n_compared);
    assert_true(next * (double)pairs->n_compared > .01);
    assert_int_equal(passed, 1);
    free(answer);
    free(key);
    oko_pairs_free(pairs);
    free_csv(&keys);
    free_csv(&table);
}

int main(void)
{
    FILE *f = fopen(OKO_SHARED_DATA "/negocios_500x60.csv", "rb");
    if (f == NULL) {
        return SKIPPED;
    }
    (void)fclose(f);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(licensure_finds_the_suspected),
        cmocka_unit_test(negocios_finds_the_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
