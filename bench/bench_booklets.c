/*
 * Detection in real honest answers: TIMSS 2011, grade 4, Austria (158 schools, 276 classes, 174 items in 14 booklets,
 * which are the variants of one test). Absence and changes are planted into copies of the real classes, round by round
 * with other seeds; the same pupils' science result is the other evidence. The same tables as bench_detection.
 */
#include "detection_tables.h"

#include "base/random.h"

enum { MAX_COLUMNS = 400, MAX_LINE = 16384, MAX_ROWS = 8000, MAX_CLASSES = 600, BOOKLETS = 14, SCIENCE_MAX = 40 };

static const char usage[] =
    "bench_booklets [--short] [--rounds N] [--seed N] [--planted SHARE] [--threads N] [--file CSV]";
static const int16_t cutoffs[] = { 8, 13, 18 };
static const char *const item_head = "M0";

/* The file: pupils in the order of their classes. */
typedef struct timss {
    int n, n_items;
    int *school, *class, *book, *science;
    double *ability; /* mean of the plausible values in mathematics */
    int8_t *items;   /* [n × n_items] */
} timss;

typedef struct layout {
    int n_columns, school, class, book, science[5], maths[5], item[OKO_PLANT_MAX_ITEMS], n_items;
} layout;

static int split(char *line, char **cell)
{
    int n = 0;
    for (char *at = line; n < MAX_COLUMNS; at++) {
        at += *at == '"';
        cell[n++] = at;
        at += strcspn(at, "\",\r\n");
        bool quoted = *at == '"';
        if (quoted) {
            *at++ = '\0';
        }
        bool more = *at == ',';
        *at = '\0';
        if (!more) {
            return n;
        }
    }
    return n;
}

static void place(layout *l, const char *head, int column)
{
    int value;
    l->school = strcmp(head, "IDSCHOOL") == 0 ? column : l->school;
    l->class = strcmp(head, "IDCLASS") == 0 ? column : l->class;
    l->book = strcmp(head, "IDBOOK") == 0 ? column : l->book;
    if (sscanf(head, "ASSSCI%d", &value) == 1 && value >= 1 && value <= 5) {
        l->science[value - 1] = column;
    } else if (sscanf(head, "ASMMAT%d", &value) == 1 && value >= 1 && value <= 5) {
        l->maths[value - 1] = column;
    } else if (strncmp(head, item_head, strlen(item_head)) == 0 && l->n_items < OKO_PLANT_MAX_ITEMS) {
        l->item[l->n_items++] = column;
    }
}

static bool timss_read(const char *path, timss *t)
{
    static char line[MAX_LINE];
    static char *cell[MAX_COLUMNS];
    FILE *f = fopen(path, "r");
    if (f == NULL) {
        return false;
    }
    layout l = { .school = -1, .class = -1, .book = -1 };
    if (fgets(line, sizeof line, f) != NULL) {
        l.n_columns = split(line, cell);
    }
    for (int c = 0; c < l.n_columns; c++) {
        place(&l, cell[c], c);
    }
    if (l.school < 0 || l.class < 0 || l.book < 0 || l.n_items == 0 || l.science[0] == 0 || l.maths[0] == 0) {
        fail("not the TIMSS table");
    }
    t->n_items = l.n_items;
    t->items = calloc((size_t)MAX_ROWS * (size_t)l.n_items, 1);
    t->school = calloc(4 * MAX_ROWS, sizeof *t->school);
    t->ability = calloc(MAX_ROWS, sizeof *t->ability);
    if (t->items == NULL || t->school == NULL || t->ability == NULL) {
        fail("memory");
    }
    t->class = t->school + MAX_ROWS;
    t->book = t->class + MAX_ROWS;
    t->science = t->book + MAX_ROWS;
    while (t->n < MAX_ROWS && fgets(line, sizeof line, f) != NULL && split(line, cell) == l.n_columns) {
        int i = t->n++;
        t->school[i] = atoi(cell[l.school]);
        t->class[i] = atoi(cell[l.class]);
        t->book[i] = atoi(cell[l.book]);
        int mark = (int)lround((atof(cell[l.science[0]]) - 300) / 10); /* mean about 530, SD 70 */
        t->science[i] = mark < 0 ? 0 : mark > SCIENCE_MAX ? SCIENCE_MAX : mark;
        for (int k = 0; k < 5; k++) {
            t->ability[i] += atof(cell[l.maths[k]]) / 5;
        }
        for (int j = 0; j < t->n_items; j++) {
            const char *text = cell[l.item[j]];
            t->items[(size_t)i * (size_t)t->n_items + (size_t)j] =
                (int8_t)(text[0] == '\0' ? OKO_PLANT_NOT_GIVEN : atoi(text));
        }
    }
    fclose(f);
    return t->n > 0;
}

/* ---- one round ---- */

typedef struct round_of {
    const timss *t;
    const int16_t *item_max;
    bool book[BOOKLETS + 1]; /* taken in this round */
    double planted;
    oko_rng rng;
    world w, science;
} round_of;

static void take_items(const timss *t, const int *row, int n, const oko_plant_class *c)
{
    size_t items = (size_t)t->n_items;
    for (int i = 0; i < n; i++) {
        memcpy(c->items + (size_t)i * items, t->items + (size_t)row[i] * items, items);
        c->total[i] = 0;
        for (size_t j = 0; j < items; j++) {
            int score = c->items[(size_t)i * items + j];
            c->total[i] = (int16_t)(c->total[i] + (score > 0 ? score : 0));
        }
    }
}

/* About .05 are absent, the weak (by science) more often. */
static void draw_absence(round_of *r, const int *row, const oko_plant_class *c)
{
    for (int i = 0; i < c->n; i++) {
        double z = (r->t->science[row[i]] - 23) / 7.0;
        c->absent[i] = oko_rng_uniform(&r->rng) < .05 * exp(-.5 * z - .125);
        if (c->absent[i] != 0) {
            c->total[i] = -1;
            for (int j = 0; j < c->n_items; j++) {
                int8_t *score = &c->items[i * c->n_items + j];
                *score = *score == OKO_PLANT_NOT_GIVEN ? OKO_PLANT_NOT_GIVEN : OKO_PLANT_NOT_TRIED;
            }
        }
    }
}

static judged plant_class(round_of *r, const int *row, const oko_plant_class *c)
{
    judged out = { .n = c->n };
    int16_t honest[OKO_PLANT_MAX_PUPILS];
    memcpy(honest, c->total, (size_t)c->n * sizeof *honest);
    bool planted = oko_rng_uniform(&r->rng) < r->planted;
    int kind = 1 + (int)oko_rng_below(&r->rng, OKO_PLANT_EXAM - 1);
    uint64_t seed = oko_rng_below(&r->rng, UINT32_MAX);
    int changed = 0;
    out.plant = planted ? kind : OKO_PLANT_NONE;
    if (oko_plant_into((oko_plant)out.plant, 1, seed, c, &changed) != OKO_OK) {
        fail("plant");
    }
    out.plant = changed > 0 ? out.plant : OKO_PLANT_NONE;
    out.true_absent = out.plant == OKO_PLANT_EXCLUSION ? changed : 0;
    double present = 0;
    for (int i = 0; i < c->n; i++) {
        out.ability += r->t->ability[row[i]] / c->n;
        if (c->total[i] >= 0) {
            present++;
            out.result += honest[i];
            out.true_marks += c->total[i] - honest[i];
            out.true_lifted += c->total[i] != honest[i];
        }
    }
    out.result = present > 0 ? out.result / present : 0;
    out.true_marks = present > 0 ? out.true_marks / present : 0;
    return out;
}

static void add_group(world *w, oko_sign_group g, judged truth)
{
    world_reserve(w);
    w->group[w->n] = g;
    w->truth[w->n++] = truth;
}

static void add_class(round_of *r, const int *row, int n)
{
    const timss *t = r->t;
    int16_t *total = calloc((size_t)n, sizeof *total);
    int16_t *science = calloc((size_t)n, sizeof *science);
    uint8_t *variant = calloc((size_t)n, 1);
    uint8_t *absent = calloc((size_t)n, 1);
    uint32_t *pupil = calloc((size_t)n, sizeof *pupil);
    int8_t *items = calloc((size_t)n * (size_t)t->n_items, 1);
    if (total == NULL || science == NULL || variant == NULL || absent == NULL || pupil == NULL || items == NULL) {
        fail("memory");
    }
    const oko_plant_class c = { n, t->n_items, r->item_max, 3, cutoffs, NULL, absent, total, items };
    take_items(t, row, n, &c);
    draw_absence(r, row, &c);
    judged truth = plant_class(r, row, &c);
    for (int i = 0; i < n; i++) {
        variant[i] = (uint8_t)t->book[row[i]];
        pupil[i] = (uint32_t)i + 1;
        science[i] = (int16_t)t->science[row[i]];
    }
    oko_sign_group g = { .test = 0,
                         .unit = (uint32_t)t->class[row[0]],
                         .parent = (uint32_t)t->school[row[0]],
                         .n = n,
                         .total = total,
                         .items = items,
                         .pupil = pupil,
                         .variant = variant };
    add_group(&r->w, g, truth);
    g.test = 1;
    g.total = science;
    g.items = NULL;
    g.variant = NULL;
    add_group(&r->science, g, (judged){ 0 });
    free(absent);
}

static void add_classes(round_of *r)
{
    int row[OKO_PLANT_MAX_PUPILS];
    int n = 0;
    for (int i = 0; i <= r->t->n; i++) {
        bool next = i == r->t->n || (i > 0 && r->t->class[i] != r->t->class[i - 1]);
        if (next && n >= OKO_SIGNS_MIN_WORKS) {
            add_class(r, row, n);
        }
        n = next ? 0 : n;
        if (i < r->t->n && r->book[r->t->book[i]] && n < OKO_PLANT_MAX_PUPILS) {
            row[n++] = i;
        }
    }
}

static void round_clear(round_of *r)
{
    for (size_t i = 0; i < r->w.n; i++) {
        free((void *)(uintptr_t)r->w.group[i].total);
        free((void *)(uintptr_t)r->w.group[i].items);
        free((void *)(uintptr_t)r->w.group[i].variant);
        free((void *)(uintptr_t)r->w.group[i].pupil);
        free((void *)(uintptr_t)r->science.group[i].total);
    }
    free(r->w.group);
    free(r->w.truth);
    free(r->science.group);
    free(r->science.truth);
}

/* Every second round takes ten of the fourteen booklets: other, smaller classes. */
static void choose_books(round_of *r, int round)
{
    for (int b = 1; b <= BOOKLETS; b++) {
        r->book[b] = true;
    }
    for (int left = round % 2 == 0 ? 0 : 4; left > 0;) {
        uint32_t b = 1 + oko_rng_below(&r->rng, BOOKLETS);
        left -= r->book[b];
        r->book[b] = false;
    }
}

static void judge_round(const timss *t, const int16_t *item_max, int round, uint64_t seed, double planted, int threads,
                        tally *out)
{
    round_of r = { .t = t, .item_max = item_max, .planted = planted, .rng = oko_rng_make(seed, (uint64_t)round) };
    choose_books(&r, round);
    add_classes(&r);
    size_t n = r.w.n;
    oko_sign_test tests[2] = { { 2011, 4, 0, 30, t->n_items, item_max, 3, cutoffs },
                               { .year = 2011, .grade = 4, .subject = 1, .max_total = SCIENCE_MAX } };
    oko_sign_group *all = calloc(2 * n, sizeof *all);
    oko_sign *sign = calloc(2 * n, sizeof *sign);
    oko_sign_null null[2];
    oko_sign_options o = OKO_SIGN_OPTIONS_INIT;
    if (all == NULL || sign == NULL) {
        fail("memory");
    }
    memcpy(all, r.w.group, n * sizeof *all);
    memcpy(all + n, r.science.group, n * sizeof *all);
    o.seed = seed + (uint64_t)round;
    o.threads = threads;
    oko_status status = oko_signs(tests, 2, all, 2 * n, &o, sign, null);
    if (status != OKO_OK) {
        fail(oko_status_describe(status)->text);
    }
    if (round < 2) {
        printf("round %d: %zu classes, %d variants told apart, %d left out of the fit, item x class %.2f, school %.2f "
               "class "
               "%.2f pupil %.2f\n",
               round, n, null[0].n_variants, null[0].n_flagged, null[0].sd_item_group, null[0].sd_parent,
               null[0].sd_group, null[0].sd_pupil);
    }
    tally_world(out, &r.w, 1, sign, NULL);
    free(all);
    free(sign);
    round_clear(&r);
}

int main(int argc, char **argv)
{
    const char *path = OKO_SHARED_DATA "/timss2011_g4_austria_items.csv";
    int rounds = 24;
    int threads = 0;
    uint64_t seed = 1;
    double planted = .10;
    for (int k = 1; k < argc; k++) {
        const char *value = k + 1 < argc ? argv[k + 1] : NULL;
        if (strcmp(argv[k], "--short") == 0) {
            rounds = 2;
            continue;
        }
        if (value == NULL) {
            fail(usage);
        } else if (strcmp(argv[k], "--rounds") == 0) {
            rounds = atoi(value);
        } else if (strcmp(argv[k], "--seed") == 0) {
            seed = (uint64_t)atoll(value);
        } else if (strcmp(argv[k], "--planted") == 0) {
            planted = atof(value);
        } else if (strcmp(argv[k], "--threads") == 0) {
            threads = atoi(value);
        } else if (strcmp(argv[k], "--file") == 0) {
            path = value;
        } else {
            fail(usage);
        }
        k++;
    }
    static timss t;
    if (!timss_read(path, &t)) {
        printf("bench_booklets: no %s, skipped\n", path);
        return 0;
    }
    int16_t item_max[OKO_PLANT_MAX_ITEMS];
    for (int j = 0; j < t.n_items; j++) {
        item_max[j] = 1;
    }
    tally out = { 0 };
    for (int round = 0; round < rounds; round++) {
        judge_round(&t, item_max, round, seed, planted, threads, &out);
    }
    printf("%d pupils, %d items; %d rounds, %zu class tests\n", t.n, t.n_items, rounds, out.n);
    print_tables(&out, planted > 0, false);
    free(out.row);
    free(t.items);
    free(t.school);
    free(t.ability);
    return 0;
}
