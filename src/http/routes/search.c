/*
 * One search over everything that has a name, as far as the caller sees it: what the caller's role may list, cut to the
 * caller's reach by the same calls as the lists themselves. Letter case, ё and Latin look-alikes do not matter.
 */
#include "http/routes/routes.h"

#include "cycle/cycle.h"
#include "http/cycle_door.h"
#include "http/service.h"

#include <stdio.h>
#include <string.h>

enum { FEW = 5, FILES_LOOKED_AT = 5000 };

typedef struct finder {
    oko_request *rq;
    const oko_tree *reg;
    const char *q;
    char folded[400],
        cyrillic[424];    /* as it is; with Latin look-alikes taken for Cyrillic letters, as in Russian texts */
    int64_t limit, total; /* of the group being filled */
    json_t *groups, *items;
} finder;

/* May the caller call this operation at all? */
static bool may(const finder *f, const char *operation)
{
    const oko_service *s = f->rq->service;
    const oko_operation *op = oko_contract_operation(s->contract, operation);
    return op != NULL && (f->rq->actor.owner || (s->roles[op->index] & OKO_ROLE_BIT(f->rq->actor.role)) != 0);
}

static bool fits(const finder *f, const char *folded)
{
    return strstr(folded, f->folded) != NULL || strstr(folded, f->cyrillic) != NULL;
}

static bool holds(const finder *f, const char *text)
{
    char folded[2048];
    (void)oko_str_fold(folded, sizeof folded, oko_str_of(text));
    return fits(f, folded);
}

/* False when nothing is left to look for. */
static bool read_words(finder *f)
{
    static const char mark[] = "я"; /* makes a text Cyrillic */
    char text[420], folded[sizeof f->cyrillic];
    if (oko_str_fold(f->folded, sizeof f->folded, oko_str_of(f->q)) == 0)
        return false;
    (void)snprintf(text, sizeof text, "%s%s", mark, f->q + strspn(f->q, " "));
    (void)oko_str_fold(folded, sizeof folded, oko_str_of(text));
    (void)snprintf(f->cyrillic, sizeof f->cyrillic, "%s", folded + sizeof mark - 1);
    return true;
}

static void begin(finder *f)
{
    f->items = json_array();
    f->total = 0;
}

static void end(finder *f, const char *kind)
{
    if (f->total > 0)
        (void)json_array_append_new(
            f->groups, json_pack("{s:s,s:O,s:I}", "kind", kind, "items", f->items, "total", (json_int_t)f->total));
    json_decref(f->items);
    f->items = NULL;
}

typedef struct found {
    int64_t id, unit;
    const char *code, *title, *detail, *state;
    int year;
} found;

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static oko_status put(finder *f, const found *x)
{
    json_t *o = json_object();
    const size_t at = x->unit != 0 ? oko_tree_find(f->reg, x->unit) : f->reg->n;
    oko_json_set_int(o, "id", x->id);
    oko_json_set_str(o, "code", or_empty(x->code));
    oko_json_set_str(o, "title", or_empty(x->title));
    oko_json_set_str(o, "detail", or_empty(x->detail));
    oko_json_set_int_or_null(o, "unit", x->unit);
    oko_json_set_str(o, "unit_name", at < f->reg->n ? f->reg->units[at].name : "");
    oko_json_set_str(o, "state", or_empty(x->state));
    oko_json_set_int(o, "year", x->year);
    return json_array_append_new(f->items, o) == 0 ? OKO_OK : OKO_E_MEMORY;
}

/* Counts what was found; the first few are kept. */
static oko_status take(finder *f, const found *x)
{
    return ++f->total <= f->limit ? put(f, x) : OKO_OK;
}

/* ---- units ---- */
static oko_status take_unit(finder *f, size_t at, const char *alias)
{
    const oko_unit *u = &f->reg->units[at];
    const size_t above = u->parent != 0 ? oko_tree_find(f->reg, u->parent) : f->reg->n;
    const found x = { .id = u->id,
                      .unit = above < f->reg->n ? u->parent : 0,
                      .code = u->code,
                      .title = u->name,
                      .detail = alias != NULL ? alias : "",
                      .state = oko_level_name(u->level) };
    return take(f, &x);
}

typedef struct by_alias {
    finder *f;
    size_t from, to;
    int64_t last; /* a unit is told once, whatever of its aliases fit */
} by_alias;

static oko_status see_alias(void *ctx, oko_alias_kind kind, const char *alias, int64_t unit)
{
    by_alias *b = ctx;
    (void)kind;
    if (unit == b->last || !holds(b->f, alias))
        return OKO_OK;
    const size_t at = oko_tree_find(b->f->reg, unit);
    b->last = unit;
    if (at < b->from || at >= b->to || fits(b->f, b->f->reg->folded[at]))
        return OKO_OK; /* out of sight, or found by its name */
    return take_unit(b->f, at, alias);
}

static oko_status find_units(finder *f, oko_error *err)
{
    const oko_actor *a = &f->rq->actor;
    by_alias b = { .f = f, .to = f->reg->n };
    oko_status status = OKO_OK;
    if (!a->owner && a->unit != 0) {
        b.from = oko_tree_find(f->reg, a->unit);
        b.to = b.from < f->reg->n ? f->reg->end[b.from] : b.from;
    }
    begin(f);
    for (size_t i = 0; status == OKO_OK && i < f->reg->n; i++) {
        const size_t at = f->reg->by_order[i];
        if (at >= b.from && at < b.to && fits(f, f->reg->folded[at]))
            status = take_unit(f, at, NULL);
    }
    if (status == OKO_OK && may(f, "units.aliases"))
        status = oko_store_alias_walk(f->rq->store, 0, see_alias, &b, err);
    end(f, "unit");
    return status;
}

/* ---- procedures, imports, files, people ---- */
static oko_status see_procedure(void *ctx, const oko_procedure *p)
{
    finder *f = ctx;
    const found x = { .code = p->code, .title = p->title, .year = p->year };
    return holds(f, p->code) || holds(f, p->title) ? take(f, &x) : OKO_OK;
}

static oko_status see_import(void *ctx, const oko_import *i)
{
    finder *f = ctx;
    const found x = { .id = i->id, .title = i->file, .code = i->procedure, .detail = i->created };
    return holds(f, i->file) ? take(f, &x) : OKO_OK;
}

static oko_status see_file(void *ctx, const oko_file *file)
{
    finder *f = ctx;
    const found x = { .id = file->id, .unit = file->unit, .title = file->name, .detail = file->created };
    if (!holds(f, file->name))
        return OKO_OK;
    oko_error why = { .code = OKO_OK };
    oko_status status = oko_request_sees(f->rq, file->unit, &why);
    return status == OKO_OK ? take(f, &x) : status == OKO_E_NOT_FOUND ? OKO_OK : status;
}

static oko_status see_user(void *ctx, const oko_user *u)
{
    finder *f = ctx;
    const found x = {
        .id = u->id, .unit = u->unit, .code = u->login, .title = u->name, .detail = oko_role_name(u->role)
    };
    return holds(f, u->login) || holds(f, u->name) ? take(f, &x) : OKO_OK;
}

static oko_status find_lists(finder *f, oko_error *err)
{
    const oko_actor *a = &f->rq->actor;
    oko_status status = OKO_OK;
    if (may(f, "procedures.list")) {
        begin(f);
        status = oko_store_procedure_walk(f->rq->store, 0, see_procedure, f, err);
        end(f, "procedure");
    }
    if (status == OKO_OK && may(f, "imports.list")) {
        begin(f);
        status = oko_store_import_walk(f->rq->store, see_import, f, err);
        end(f, "import");
    }
    if (status == OKO_OK && may(f, "files.get")) {
        begin(f);
        status = oko_store_file_walk(f->rq->store, FILES_LOOKED_AT, see_file, f, err);
        end(f, "file");
    }
    if (status == OKO_OK && may(f, "users.list")) {
        begin(f);
        status = oko_store_user_walk(f->rq->store, a->owner ? 0 : a->unit, OKO_ROLE_COUNT, see_user, f, err);
        end(f, "user");
    }
    return status;
}

/* ---- records of the cycle ---- */
static const struct {
    const char *kind, *list;
} kinds[] = {
    { "case", "cases.list" },         { "recommendation", "recommendations.list" },
    { "measure", "measures.list" },   { "event", "events.list" },
    { "note", "notes.list" },         { "indicator", "indicators.list" },
    { "campaign", "campaigns.list" }, { "roadmap-row", "roadmap-rows.list" },
    { "advice", "advice.list" },      { "catalogue-measure", "catalogue-measures.list" },
};

static oko_status see_record(void *ctx, const oko_entry *e)
{
    const found x = { .id = e->head.id,
                      .unit = e->head.unit,
                      .code = e->head.key,
                      .title = e->head.title,
                      .state = e->head.state,
                      .year = e->head.year };
    return put(ctx, &x);
}

static oko_status find_records(finder *f, oko_error *err)
{
    const oko_cycle c = oko_door(f->rq);
    oko_status status = OKO_OK;
    for (size_t i = 0; status == OKO_OK && i < sizeof kinds / sizeof *kinds; i++) {
        const oko_record_query q = {
            .kind = kinds[i].kind, .search = f->q, .sort = OKO_SORT_UPDATED, .descending = true, .limit = f->limit
        };
        if (!may(f, kinds[i].list))
            continue;
        begin(f);
        status = oko_cycle_list(&c, &q, see_record, f, &f->total, err);
        end(f, kinds[i].kind);
    }
    return status;
}

static oko_status search_find(oko_request *rq, oko_reply *reply, oko_error *err)
{
    finder f = {
        .rq = rq, .q = oko_request_str(rq, "q"), .limit = oko_request_int(rq, "limit", FEW), .groups = json_array()
    };
    oko_status status = read_words(&f) ? oko_tree_get(rq->service->trees, rq->store, &f.reg, err)
                                       : oko_error_set(err, OKO_E_FORMAT, "http.search_empty", "q");
    if (status == OKO_OK) {
        status = find_units(&f, err);
        status = status == OKO_OK ? find_records(&f, err) : status;
        status = status == OKO_OK ? find_lists(&f, err) : status;
        oko_tree_back(rq->service->trees, f.reg);
    }
    if (status == OKO_OK)
        return oko_reply_json(reply, 200, json_pack("{s:o}", "groups", f.groups), err);
    json_decref(f.groups);
    return status;
}

const oko_route oko_routes_search[] = {
    { "search.find", search_find },
    { NULL, NULL },
};
