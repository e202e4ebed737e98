#include "cycle/matching.h"

#include "base/memory.h"
#include "domain/unit_match.h"

#include <stdlib.h>
#include <string.h>

enum { CODE_DIGITS = 4, CODE_BYTES = 64, MAX_CODES = 1000000 };
static const double BY_LOGIN = .9, BY_CODE = .7, CONTRADICTED = .5;

/* A code of a unit: its own, or an alias that is no name. */
typedef struct code {
    size_t unit; /* index */
    char text[CODE_BYTES];
} code;

typedef struct entry {
    oko_unit unit;
    int64_t region;
    bool placed;                /* stands in a municipality (a municipality: in a region) */
    size_t first_code, n_codes; /* of `codes` */
} entry;

struct oko_matching {
    entry *entries; /* ascending id */
    size_t n, cap;
    oko_unit *above; /* regions and countries, ascending id */
    size_t n_above, cap_above;
    code *codes; /* by unit */
    size_t n_codes, cap_codes;
    size_t *open; /* indices of unconfirmed entries */
    size_t n_open;
};

/* ---- reading ---- */

static oko_status add_unit(void *ctx, const oko_unit *u)
{
    oko_matching *m = ctx;
    if (u->level == OKO_LEVEL_CLASS)
        return OKO_OK;
    if (u->level < OKO_LEVEL_MUNICIPALITY) {
        oko_status status = oko_grow(&m->above, &m->cap_above, m->n_above + 1, sizeof *m->above, OKO_MATCH_MAX_UNITS);
        if (status == OKO_OK)
            m->above[m->n_above++] = *u;
        return status;
    }
    oko_status status = oko_grow(&m->entries, &m->cap, m->n + 1, sizeof *m->entries, OKO_MATCH_MAX_UNITS);
    if (status == OKO_OK)
        m->entries[m->n++] = (entry){ .unit = *u };
    return status;
}

static int by_id(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    return (x->unit.id > y->unit.id) - (x->unit.id < y->unit.id);
}

static entry *find(const oko_matching *m, int64_t id)
{
    const entry key = { .unit = { .id = id } };
    return m->n == 0 ? NULL : bsearch(&key, m->entries, m->n, sizeof *m->entries, by_id);
}

static void place(oko_matching *m, entry *e)
{
    const entry *parent = find(m, e->unit.parent);
    e->placed = e->unit.level == OKO_LEVEL_MUNICIPALITY ? e->unit.parent != 0 : parent != NULL;
    e->region = parent != NULL ? parent->unit.parent : e->unit.parent;
}

static oko_status add_code(oko_matching *m, size_t unit, const char *text)
{
    oko_status status = oko_grow(&m->codes, &m->cap_codes, m->n_codes + 1, sizeof *m->codes, MAX_CODES);
    if (status != OKO_OK)
        return status;
    m->codes[m->n_codes] = (code){ .unit = unit };
    if (oko_str_copy(m->codes[m->n_codes].text, CODE_BYTES, oko_str_of(text)))
        m->n_codes++;
    return OKO_OK;
}

static oko_status add_alias(void *ctx, oko_alias_kind kind, const char *alias, int64_t unit)
{
    oko_matching *m = ctx;
    const entry *e = kind == OKO_ALIAS_NAME ? NULL : find(m, unit);
    return e == NULL ? OKO_OK : add_code(m, (size_t)(e - m->entries), alias);
}

static int by_unit(const void *a, const void *b)
{
    const code *x = a, *y = b;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static void index_codes(oko_matching *m)
{
    if (m->n_codes > 1)
        qsort(m->codes, m->n_codes, sizeof *m->codes, by_unit);
    for (size_t i = 0; i < m->n_codes; i++) {
        entry *e = &m->entries[m->codes[i].unit];
        if (e->n_codes++ == 0)
            e->first_code = i;
    }
}

const char *oko_matching_above(const oko_matching *m, const oko_unit *u)
{
    const entry *parent = find(m, u->parent);
    if (parent != NULL)
        return parent->unit.name;
    for (size_t i = 0; i < m->n_above; i++)
        if (m->above[i].id == u->parent)
            return m->above[i].name;
    return "";
}

/* Where an index goes into the list of open ones: by the name above, by name, by code. */
static int before(const oko_matching *m, size_t a, size_t b)
{
    const oko_unit *x = &m->entries[a].unit, *y = &m->entries[b].unit;
    int order = strcmp(oko_matching_above(m, x), oko_matching_above(m, y));
    order = order != 0 ? order : strcmp(x->name, y->name);
    return order != 0 ? order : strcmp(x->code, y->code);
}

/* Merge sort: the order needs the matching, which qsort can't hand over. */
static void sort_open(const oko_matching *m, size_t *list, size_t *spare, size_t n)
{
    const size_t half = n / 2;
    if (n < 2)
        return;
    sort_open(m, list, spare, half);
    sort_open(m, list + half, spare, n - half);
    memcpy(spare, list, half * sizeof *list);
    for (size_t i = 0, k = half, at = 0; i < half; at++)
        list[at] = k < n && before(m, list[k], spare[i]) < 0 ? list[k++] : spare[i++];
}

static oko_status list_open(oko_matching *m)
{
    OKO_CLEANUP(oko_freep) size_t *spare = oko_calloc_array(m->n + 1, sizeof *spare);
    m->open = oko_calloc_array(m->n + 1, sizeof *m->open);
    if (spare == NULL || m->open == NULL)
        return OKO_E_MEMORY;
    for (size_t i = 0; i < m->n; i++)
        if (!m->entries[i].unit.confirmed)
            m->open[m->n_open++] = i;
    sort_open(m, m->open, spare, m->n_open);
    return OKO_OK;
}

oko_status oko_matching_new(oko_store *store, oko_matching **ret_matching, oko_error *err)
{
    OKO_CLEANUP(oko_matching_freep) oko_matching *m = oko_calloc_array(1, sizeof *m);
    oko_status status = m == NULL ? OKO_E_MEMORY : OKO_OK;
    if (status == OKO_OK)
        status = oko_store_unit_walk(store, 0, OKO_LEVEL_COUNT, add_unit, m, err);
    if (status == OKO_OK && m->n > 1)
        qsort(m->entries, m->n, sizeof *m->entries, by_id);
    for (size_t i = 0; status == OKO_OK && i < m->n; i++) {
        place(m, &m->entries[i]);
        status = add_code(m, i, m->entries[i].unit.code);
    }
    if (status == OKO_OK)
        status = oko_store_alias_walk(store, 0, add_alias, m, err);
    if (status == OKO_OK) {
        index_codes(m);
        status = list_open(m);
    }
    if (status != OKO_OK)
        return err != NULL && err->code == status ? status : oko_error_set(err, status, "", "");
    *ret_matching = m;
    m = NULL;
    return OKO_OK;
}

void oko_matching_free(oko_matching *m)
{
    if (m == NULL)
        return;
    free(m->entries);
    free(m->above);
    free(m->codes);
    free(m->open);
    free(m);
}

void oko_matching_freep(oko_matching **m)
{
    oko_matching_free(*m);
    *m = NULL;
}

size_t oko_matching_count(const oko_matching *m)
{
    return m->n_open;
}

const oko_unit *oko_matching_unit(const oko_matching *m, size_t i)
{
    return &m->entries[m->open[i]].unit;
}

/* ---- the rule ---- */

/* The last digits in a row: «sch990001» → «990001», «99/МО 43» → «43». */
static oko_str digits_of(const char *text)
{
    size_t end = strlen(text), from;
    while (end > 0 && (text[end - 1] < '0' || text[end - 1] > '9'))
        end--;
    for (from = end; from > 0 && text[from - 1] >= '0' && text[from - 1] <= '9';)
        from--;
    return (oko_str){ text + from, end - from };
}

static bool are_logins(const char *a, const char *b)
{
    const bool old = strncmp(a, "sch", 3) == 0 || strncmp(b, "sch", 3) == 0;
    const bool new = strncmp(a, "edu", 3) == 0 || strncmp(b, "edu", 3) == 0;
    return old && new;
}

static void compare_codes(const oko_matching *m, const entry *a, const entry *b, oko_candidate *c)
{
    for (size_t i = 0; i < a->n_codes; i++) {
        const char *mine = m->codes[a->first_code + i].text;
        const oko_str digits = digits_of(mine);
        for (size_t k = 0; digits.len >= CODE_DIGITS && k < b->n_codes; k++) {
            const char *theirs = m->codes[b->first_code + k].text;
            if (!oko_str_equal(digits, digits_of(theirs)))
                continue;
            c->by_login = c->by_login || are_logins(mine, theirs);
            c->by_code = true;
        }
    }
    c->by_code = c->by_code && !c->by_login;
}

static bool has_name(const oko_unit *u)
{
    return u->name[0] != '\0' && strcmp(u->name, u->code) != 0;
}

static double score(const oko_matching *m, const entry *a, const entry *b, oko_candidate *c)
{
    oko_unit x = a->unit, y = b->unit;
    const bool near = x.parent == y.parent || !a->placed || !b->placed;
    x.parent = y.parent = 0;
    const double name = near ? oko_unit_likeness(&x, &y) : 0;
    compare_codes(m, a, b, c);
    c->by_name = name >= OKO_MATCH_LEAST;
    const double other = c->by_login ? BY_LOGIN : c->by_code ? BY_CODE : 0;
    const double both = 1 - (1 - other) * (1 - name);
    return name == 0 && has_name(&x) && has_name(&y) ? both * CONTRADICTED : both;
}

/* Puts the candidate in its place among the best ones. */
static size_t keep_best(oko_candidate *list, size_t n, const oko_candidate *c)
{
    size_t at = n;
    while (at > 0 && (list[at - 1].score < c->score ||
                      (list[at - 1].score == c->score && strcmp(list[at - 1].unit->code, c->unit->code) > 0)))
        at--;
    if (at == OKO_MATCH_CANDIDATES)
        return n;
    n += n < OKO_MATCH_CANDIDATES ? 1 : 0;
    memmove(&list[at + 1], &list[at], (n - 1 - at) * sizeof *list);
    list[at] = *c;
    return n;
}

size_t oko_matching_candidates(const oko_matching *m, size_t i, oko_candidate ret_list[OKO_MATCH_CANDIDATES])
{
    const entry *a = &m->entries[m->open[i]];
    size_t n = 0;
    for (size_t k = 0; k < m->n; k++) {
        const entry *b = &m->entries[k];
        if (b == a || b->unit.level != a->unit.level || b->region != a->region)
            continue;
        oko_candidate c = { .unit = &b->unit };
        c.score = score(m, a, b, &c);
        if (c.score >= OKO_MATCH_LEAST)
            n = keep_best(ret_list, n, &c);
    }
    return n;
}

oko_status oko_matching_confirm(oko_store *store, int64_t unit, bool *ret_changed, oko_error *err)
{
    oko_unit u;
    int64_t same = 0;
    oko_status status = oko_store_unit_get(store, unit, &u, err);
    *ret_changed = false;
    if (status != OKO_OK || u.confirmed || u.merged_into != 0 || u.withdrawn)
        return status;
    u.confirmed = true;
    status = oko_store_unit_put(store, &u, &same, err);
    *ret_changed = status == OKO_OK;
    return status;
}
