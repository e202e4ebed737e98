#include "http/run_rows.h"

#include "analysis/runs.h"
#include "explain/row.h"
#include "http/request.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 16, MAX_PROCEDURES = 4096, MAX_RULES = 256 };
#define TEXT_LIMIT ((size_t)1 << 30)

struct oko_run_cache {
    pthread_mutex_t lock; /* of the list */
    pthread_mutex_t load; /* one reads at a time; the others go on with what there is */
    oko_run_rows *kept[KEPT];
    uint64_t clock;
};

static void rows_free(oko_run_rows *r)
{
    if (r == NULL)
        return;
    oko_run_clear(&r->head);
    for (size_t i = 0; i < r->n_procedures; i++)
        free(r->procedure_json[i]);
    for (int s = 0; s < OKO_ROW_SORTS; s++)
        free(r->order[s]);
    free(r->row);
    free(r->procedure);
    free(r->procedure_json);
    free(r->procedure_year);
    free(r->rule);
    free(r->by_unit);
    oko_buffer_free(&r->text);
    oko_register_clear(&r->reg);
    oko_peers_clear(&r->peers);
    free(r);
}

static size_t bytes_of(const oko_run_rows *r)
{
    return r->text.cap + r->cap * sizeof *r->row + r->n * (OKO_ROW_SORTS + 1) * sizeof(uint32_t) +
           r->peers.cap * sizeof *r->peers.at + r->reg.n * sizeof *r->reg.places;
}

/* ---- JSON of a row ---- */
static void put_text(oko_buffer *b, const char *key, const char *text)
{
    oko_buffer_printf(b, ",\"%s\":\"", key);
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\' || *p < 0x20)
            oko_buffer_printf(b, "\\u%04x", *p);
        else
            oko_buffer_char(b, (char)*p);
    }
    oko_buffer_char(b, '"');
}

static void put_text_or_null(oko_buffer *b, const char *key, const char *text)
{
    if (text == NULL || text[0] == '\0')
        oko_buffer_printf(b, ",\"%s\":null", key);
    else
        put_text(b, key, text);
}

static void put_int(oko_buffer *b, const char *key, int64_t value)
{
    oko_buffer_printf(b, ",\"%s\":%lld", key, (long long)value);
}

/* Seven digits: a list is looked at, not computed with; an explanation has all of them. */
static void put_number(oko_buffer *b, const char *key, double value)
{
    char digits[40];
    (void)snprintf(digits, sizeof digits, isfinite(value) ? "%.7g" : "null", value == 0 ? 0.0 : value);
    char *comma = strchr(digits, ',');
    if (comma != NULL)
        *comma = '.';
    oko_buffer_printf(b, ",\"%s\":%s", key, digits);
}

static void put_bool(oko_buffer *b, const char *key, bool value)
{
    oko_buffer_printf(b, ",\"%s\":%s", key, value ? "true" : "false");
}

static void put_numbers(oko_buffer *b, const oko_result *r)
{
    put_int(b, "n", r->n);
    put_number(b, "observed", r->observed);
    put_number(b, "expected", r->expected);
    put_number(b, "effect", r->effect);
    put_number(b, "effect_lo", r->effect_lo);
    put_number(b, "effect_hi", r->effect_hi);
    put_number(b, "p", r->p);
    put_number(b, "log_p", r->log_p);
    put_number(b, "q", r->q);
    put_bool(b, "marked", r->marked);
}

static void put_evidence(oko_buffer *b, const oko_result *r, const oko_sign_row *s)
{
    put_text_or_null(b, "class", s->of_class ? (s->class_label[0] != '\0' ? s->class_label : "—") : NULL);
    if (s->of_class)
        put_text(b, "class_key", s->class_key);
    else
        oko_buffer_str(b, ",\"class_key\":null");
    put_text(b, "evidence", oko_evidence_name(s->evidence));
    put_text(b, "reliability", s->reliability);
    put_text_or_null(b, "family", s->family);
    put_int(b, "cohort", s->cohort);
    put_number(b, "absent", s->absent_n);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        char key[32];
        (void)snprintf(key, sizeof key, "p_%s", oko_family_name((oko_family)f));
        put_number(b, key, s->p[f]);
    }
    put_numbers(b, r);
}

static void put_rule(oko_buffer *b, const oko_result *r)
{
    static const char *const states[] = {
        [OKO_RESULT_OK] = "ok", [OKO_RESULT_NO_DATA] = "no_data", [OKO_RESULT_NOT_APPLICABLE] = "not_applicable"
    };
    put_text(b, "rule", r->rule);
    put_text(b, "state", states[r->state]);
    put_text_or_null(b, "why", r->why);
    put_bool(b, "official", r->official);
    put_numbers(b, r);
}

static void put_unit(oko_buffer *b, const oko_tree *tree, int32_t place, int64_t unit)
{
    const oko_unit *u = place >= 0 ? &tree->units[place] : NULL;
    const oko_unit *up = u;
    for (size_t at = place >= 0 ? oko_tree_find(tree, u->parent) : tree->n;
         up != NULL && up->level > OKO_LEVEL_MUNICIPALITY && at < tree->n; at = oko_tree_find(tree, up->parent))
        up = &tree->units[at];
    bool known = up != NULL && up->level == OKO_LEVEL_MUNICIPALITY;
    oko_buffer_printf(b, "{\"unit\":%lld", (long long)unit);
    put_text(b, "unit_code", u != NULL ? u->code : "");
    put_text(b, "unit_name", u != NULL ? u->name : "");
    put_text(b, "municipality", known ? up->name : "");
}

/* ---- reading ---- */
typedef struct reading {
    oko_run_rows *r;
    oko_store *store;
    const oko_tree *tree;
} reading;

static oko_status procedure_json(oko_store *store, const char *code, int64_t revision, char **ret, int *ret_year)
{
    oko_procedure p;
    oko_error err = { .code = OKO_OK };
    bool known = code[0] != '\0' && oko_store_procedure_get(store, code, revision, &p, &err) == OKO_OK;
    json_t *o = json_object();
    oko_json_set_str(o, "code", code);
    oko_json_set_str(o, "title", known ? p.title : code);
    oko_json_set_str(o, "kind", known ? oko_kind_name(p.kind) : "");
    oko_json_set_str(o, "subject", known ? p.subject : "");
    oko_json_set_int(o, "year", known ? p.year : atoi(code));
    oko_json_set_int(o, "grade", known ? p.grade : 0);
    oko_json_set_int(o, "max", known ? p.max_total : 0);
    *ret = json_dumps(o, JSON_COMPACT);
    *ret_year = known ? p.year : atoi(code);
    json_decref(o);
    return *ret != NULL ? OKO_OK : OKO_E_MEMORY;
}

static oko_status index_procedure(reading *x, const char *code, uint16_t *ret)
{
    oko_run_rows *r = x->r;
    if (r->n_procedures == 0 || strcmp(r->procedure[r->n_procedures - 1], code) != 0) { /* rows come by procedure */
        if (r->n_procedures == MAX_PROCEDURES)
            return OKO_E_LIMIT;
        oko_status status = procedure_json(x->store, code, r->head.revision, &r->procedure_json[r->n_procedures],
                                           &r->procedure_year[r->n_procedures]);
        if (status != OKO_OK)
            return status;
        (void)oko_str_copy(r->procedure[r->n_procedures++], OKO_CODE_BYTES, oko_str_of(code));
    }
    *ret = (uint16_t)(r->n_procedures - 1);
    return OKO_OK;
}

static oko_status index_rule(oko_run_rows *r, const char *rule, uint16_t *ret)
{
    size_t i = 0;
    while (i < r->n_rules && strcmp(r->rule[i], rule) != 0)
        i++;
    if (i == MAX_RULES)
        return OKO_E_LIMIT;
    if (i == r->n_rules)
        (void)oko_str_copy(r->rule[r->n_rules++], sizeof *r->rule, oko_str_of(rule));
    *ret = (uint16_t)i;
    return OKO_OK;
}

/* Where a unit stands now; a merged one where the one stands that took its place. */
static int32_t place_of(const reading *x, int64_t *unit)
{
    for (int step = 0; step < 3 && *unit != 0; step++) {
        oko_unit u;
        size_t at = oko_tree_find(x->tree, *unit);
        if (at < x->tree->n)
            return (int32_t)at;
        if (oko_store_unit_get(x->store, *unit, &u, NULL) != OKO_OK || u.merged_into == 0)
            break;
        *unit = u.merged_into;
    }
    return OKO_RUN_PLACE_NONE;
}

static int family_of(const char *name)
{
    for (int f = 0; name != NULL && f < OKO_FAMILY_COUNT; f++) {
        if (strcmp(name, oko_family_name((oko_family)f)) == 0)
            return f;
    }
    return -1;
}

static void read_evidence(oko_run_row *row, const oko_sign_row *s)
{
    row->evidence = (int8_t)s->evidence;
    row->family = (int8_t)family_of(s->family);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++)
        row->speaks |= (uint8_t)(oko_sign_speaks(s, f) ? 1u << f : 0);
    if (s->of_class) {
        row->level = OKO_LEVEL_CLASS;
        (void)oko_str_copy(row->label, sizeof row->label, oko_str_of(s->class_key));
    }
}

static oko_status add_row(void *ctx, const oko_result *result)
{
    reading *x = ctx;
    oko_run_rows *r = x->r;
    oko_status status = oko_grow(&r->row, &r->cap, r->n + 1, sizeof *r->row, OKO_RUN_ROWS_MAX);
    if (status != OKO_OK)
        return status;
    oko_run_row *row = &r->row[r->n];
    int64_t unit = result->unit;
    *row = (oko_run_row){ .log_p = result->log_p,
                          .q = result->q,
                          .effect = result->effect,
                          .effect_lo = result->effect_lo,
                          .effect_hi = result->effect_hi,
                          .n = result->n };
    row->evidence = row->family = -1;
    row->marked = result->marked;
    row->official = result->official;
    row->computed = result->state == OKO_RESULT_OK;
    row->place = place_of(x, &unit);
    row->unit = unit;
    row->level = (int8_t)(row->place >= 0 ? x->tree->units[row->place].level : OKO_LEVEL_REGION);
    row->text = r->text.len;
    put_unit(&r->text, x->tree, row->place, unit);
    put_text(&r->text, "procedure", result->procedure);
    bool evidence = strcmp(result->rule, OKO_RULE_EVIDENCE) == 0 || strcmp(result->rule, OKO_RULE_EVIDENCE_CLASS) == 0;
    if (evidence) {
        oko_sign_row sign;
        oko_sign_row_read(result, NULL, &sign);
        read_evidence(row, &sign);
        put_text(&r->text, "level", oko_level_name((oko_level)row->level));
        put_evidence(&r->text, result, &sign);
        oko_sign_row_clear(&sign);
    } else {
        put_text(&r->text, "level", oko_level_name((oko_level)row->level));
        put_rule(&r->text, result);
    }
    oko_buffer_char(&r->text, '}');
    row->text_len = (uint32_t)(r->text.len - row->text);
    status = index_procedure(x, result->procedure, &row->procedure);
    if (status == OKO_OK)
        status = index_rule(r, result->rule, &row->rule);
    r->n += status == OKO_OK;
    return status != OKO_OK ? status : oko_buffer_status(&r->text);
}

/* ---- orders ---- */
/* A row's key in an order, small first; NaN last. */
typedef struct keyed {
    double key, second;
    uint32_t at;
} keyed;

static int compare_double(double a, double b)
{
    if (isnan(a) || isnan(b))
        return (isnan(a) != 0) - (isnan(b) != 0);
    return (a > b) - (a < b);
}

static int by_key(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int order = compare_double(x->key, y->key);
    order = order != 0 ? order : compare_double(x->second, y->second);
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static keyed key_of(const oko_run_rows *r, int sort, uint32_t i)
{
    const oko_run_row *row = &r->row[i];
    keyed k = { .key = 0, .second = row->log_p, .at = i };
    switch (sort) {
    case OKO_ROW_BY_EVIDENCE:
        k.key = row->evidence >= 0 ? -row->evidence : row->marked ? -1 : 0;
        break;
    case OKO_ROW_BY_P:
        k.key = row->log_p;
        break;
    case OKO_ROW_BY_Q:
        k.key = row->q;
        break;
    case OKO_ROW_BY_EFFECT:
        k.key = row->effect;
        break;
    case OKO_ROW_BY_N:
        k.key = (double)row->n;
        break;
    case OKO_ROW_BY_PROCEDURE:
        k.key = row->procedure;
        break;
    default:
        k.key = row->place;
        break;
    }
    return k;
}

static int by_unit(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int order = compare_double(x->key, y->key); /* numbers of units are far below 2^53 */
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static oko_status sort_rows(oko_run_rows *r)
{
    OKO_CLEANUP(oko_freep) keyed *keys = oko_calloc_array(r->n + 1, sizeof *keys);
    if (keys == NULL)
        return OKO_E_MEMORY;
    for (int s = 0; s <= OKO_ROW_SORTS; s++) {
        uint32_t *order = oko_calloc_array(r->n + 1, sizeof *order);
        if (order == NULL)
            return OKO_E_MEMORY;
        for (uint32_t i = 0; i < r->n; i++) {
            keys[i] = key_of(r, s, i);
            if (s == OKO_ROW_SORTS)
                keys[i].key = (double)r->row[i].unit;
        }
        qsort(keys, r->n, sizeof *keys, s == OKO_ROW_SORTS ? by_unit : by_key);
        for (size_t i = 0; i < r->n; i++)
            order[i] = keys[i].at;
        *(s == OKO_ROW_SORTS ? &r->by_unit : &r->order[s]) = order;
    }
    return OKO_OK;
}

static oko_status fill(oko_run_rows *r, oko_store *store, const oko_tree *tree, oko_error *err)
{
    reading x = { .r = r, .store = store, .tree = tree };
    const oko_result_query query = { .run = r->run, .level = OKO_LEVEL_COUNT };
    oko_buffer_init(&r->text, TEXT_LIMIT);
    r->procedure = oko_calloc_array(MAX_PROCEDURES, sizeof *r->procedure);
    r->procedure_json = oko_calloc_array(MAX_PROCEDURES, sizeof *r->procedure_json);
    r->procedure_year = oko_calloc_array(MAX_PROCEDURES, sizeof *r->procedure_year);
    r->rule = oko_calloc_array(MAX_RULES, sizeof *r->rule);
    if (r->procedure == NULL || r->procedure_json == NULL || r->procedure_year == NULL || r->rule == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = oko_store_result_walk(store, &query, add_row, &x, err);
    if (status == OKO_OK)
        status = sort_rows(r);
    if (status == OKO_OK && oko_run_is(&r->head, OKO_METHODS_EVIDENCE)) {
        status = oko_register_load(store, r->head.revision, &r->reg, err);
        if (status == OKO_OK)
            status = oko_peers_load(store, r->run, &r->peers, err);
    }
    return status == OKO_OK || err->code == status ? status : oko_error_set(err, status, "", "");
}

/* ---- the cache ---- */
oko_status oko_run_cache_new(oko_run_cache **ret_cache)
{
    oko_run_cache *c = oko_calloc_array(1, sizeof *c);
    if (c == NULL)
        return OKO_E_MEMORY;
    pthread_mutex_init(&c->lock, NULL);
    pthread_mutex_init(&c->load, NULL);
    *ret_cache = c;
    return OKO_OK;
}

void oko_run_cache_free(oko_run_cache *cache)
{
    if (cache == NULL)
        return;
    for (int i = 0; i < KEPT; i++)
        rows_free(cache->kept[i]);
    pthread_mutex_destroy(&cache->lock);
    pthread_mutex_destroy(&cache->load);
    free(cache);
}

static void release(oko_run_rows *r)
{
    if (--r->users == 0)
        rows_free(r);
}

void oko_run_cache_forget(oko_run_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    for (int i = 0; i < KEPT; i++) {
        if (cache->kept[i] != NULL)
            release(cache->kept[i]);
        cache->kept[i] = NULL;
    }
    pthread_mutex_unlock(&cache->lock);
}

static const oko_run_rows *find(oko_run_cache *c, int64_t run, int64_t generation)
{
    const oko_run_rows *found = NULL;
    pthread_mutex_lock(&c->lock);
    for (int i = 0; i < KEPT && found == NULL; i++) {
        oko_run_rows *r = c->kept[i];
        if (r != NULL && r->run == run && r->generation == generation) {
            r->users++;
            r->used = ++c->clock;
            found = r;
        }
    }
    pthread_mutex_unlock(&c->lock);
    return found;
}

/* The list takes it; what is of an older register, or longest unused beyond the limit, goes. */
static void keep(oko_run_cache *c, oko_run_rows *fresh)
{
    pthread_mutex_lock(&c->lock);
    fresh->users = 2; /* the list and the caller */
    fresh->used = ++c->clock;
    size_t bytes = bytes_of(fresh);
    for (int i = 0; i < KEPT; i++) {
        if (c->kept[i] != NULL && c->kept[i]->run == fresh->run) {
            release(c->kept[i]);
            c->kept[i] = NULL;
        }
        bytes += c->kept[i] != NULL ? bytes_of(c->kept[i]) : 0;
    }
    for (;;) {
        int oldest = -1, room = -1;
        for (int i = 0; i < KEPT; i++) {
            if (c->kept[i] == NULL)
                room = i;
            else if (oldest < 0 || c->kept[i]->used < c->kept[oldest]->used)
                oldest = i;
        }
        if (room >= 0 && (bytes <= OKO_RUN_ROWS_BYTES || oldest < 0)) {
            c->kept[room] = fresh;
            break;
        }
        bytes -= bytes_of(c->kept[oldest]);
        release(c->kept[oldest]);
        c->kept[oldest] = NULL;
    }
    pthread_mutex_unlock(&c->lock);
}

static oko_status load(oko_run_cache *c, oko_store *store, oko_run *head, const oko_tree *tree,
                       const oko_run_rows **ret, oko_error *err)
{
    oko_run_rows *r = oko_calloc_array(1, sizeof *r);
    if (r == NULL) {
        oko_run_clear(head);
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    r->run = head->id;
    r->generation = tree->generation;
    r->head = *head;
    *head = (oko_run){ .id = 0 };
    oko_status status = fill(r, store, tree, err);
    if (status != OKO_OK) {
        rows_free(r);
        return status;
    }
    keep(c, r);
    *ret = r;
    return OKO_OK;
}

oko_status oko_run_rows_get(oko_run_cache *cache, oko_store *store, int64_t run, const char *method,
                            const oko_tree *tree, const oko_run_rows **ret_rows, oko_error *err)
{
    oko_run head = { .id = 0 };
    const oko_run_rows *rows = run != 0 ? find(cache, run, tree->generation) : NULL;
    oko_status status = rows != NULL ? OKO_OK : oko_run_find(store, run, method, &head, err);
    if (status != OKO_OK)
        return status;
    rows = rows != NULL ? rows : find(cache, head.id, tree->generation);
    if (rows == NULL) {
        pthread_mutex_lock(&cache->load);
        rows = find(cache, head.id, tree->generation);
        status = rows != NULL ? OKO_OK : load(cache, store, &head, tree, &rows, err);
        pthread_mutex_unlock(&cache->load);
    }
    oko_run_clear(&head);
    if (status == OKO_OK)
        *ret_rows = rows;
    return status;
}

oko_status oko_run_rows_newest(oko_run_cache *cache, oko_store *store, const char *method, const oko_tree *tree,
                               const oko_run_rows **ret_rows, oko_error *err)
{
    oko_status status = oko_run_rows_get(cache, store, 0, method, tree, ret_rows, err);
    if (status != OKO_E_NOT_FOUND)
        return status;
    oko_error_clear(err);
    return OKO_OK;
}

void oko_run_rows_back(oko_run_cache *cache, const oko_run_rows *rows)
{
    if (rows == NULL)
        return;
    pthread_mutex_lock(&cache->lock);
    release((oko_run_rows *)(uintptr_t)rows);
    pthread_mutex_unlock(&cache->lock);
}

void oko_run_rows_of(const oko_run_rows *rows, int64_t unit, size_t *from, size_t *to)
{
    size_t lo = 0, hi = rows->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (rows->row[rows->by_unit[mid]].unit < unit)
            lo = mid + 1;
        else
            hi = mid;
    }
    *from = lo;
    while (lo < rows->n && rows->row[rows->by_unit[lo]].unit == unit)
        lo++;
    *to = lo;
}

json_t *oko_run_json(const oko_run *run)
{
    json_t *o = json_object();
    json_t *params = run->params != NULL ? json_loads(run->params, 0, NULL) : NULL;
    oko_json_set_int(o, "id", run->id);
    oko_json_set_str(o, "created", run->created);
    oko_json_set_str(o, "method", run->method);
    oko_json_set_str(o, "kind", oko_run_is(run, OKO_METHODS_EVIDENCE) ? "evidence" : "analyze");
    oko_json_set_str(o, "program", run->program);
    oko_json_set_int(o, "revision", run->revision);
    oko_json_set_str(o, "snapshot", run->snapshot);
    oko_json_set_int(o, "seed", (int64_t)run->seed);
    oko_json_set_str(o, "result_hash", run->result_hash);
    (void)json_object_set_new(o, "params", json_is_object(params) ? params : json_object());
    if (!json_is_object(params))
        json_decref(params);
    return o;
}
