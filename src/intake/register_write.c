/* Rows of a register of units → store: confirmed units, their parents and aliases. */
#include "intake/units.h"

#include <string.h>

static oko_status tell(unit_finder *f, const batch_unit *row, oko_severity severity, const char *reason,
                       const char *detail)
{
    const char *copy = batch_text(f->batch, oko_str_of(detail));
    if (copy == NULL)
        return OKO_E_MEMORY;
    return problem_add(&f->batch->problems, (clean_fault){ severity, "", reason },
                       (problem_place){ .sheet = row->sheet, .row = row->row, .detail = copy });
}

static oko_status rejected(unit_finder *f, const batch_unit *row, const char *reason)
{
    return tell(f, row, OKO_PROBLEM_REJECTED, reason, row->unit.code);
}

static oko_status try_find(oko_status status, oko_error *err)
{
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return OKO_OK;
    }
    return status;
}

/* The parent's code belongs to the nearest level above that has it. 0: not found. */
static oko_status find_parent(unit_finder *f, const batch_unit *row, int64_t *ret_id, oko_error *err)
{
    *ret_id = 0;
    for (int level = (int)row->unit.level - 1; level >= 0 && row->parent[0] != '\0'; level--) {
        oko_unit u = { 0 };
        oko_status status = oko_store_unit_find(f->store, (oko_level)level, row->parent, &u, err);
        if (status == OKO_OK) {
            *ret_id = u.id;
            return OKO_OK;
        }
        status = try_find(status, err);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

/* Next alias of a cell that may hold several: blanks, commas, semicolons or bars between them. False at the end. */
static bool next_alias(const char *text, size_t *at, char alias[64])
{
    static const char between[] = " ,;|\n\t";
    while (text[*at] != '\0') {
        *at += strspn(text + *at, between);
        size_t n = strcspn(text + *at, between);
        bool fits = n > 0 && oko_str_copy(alias, 64, (oko_str){ text + *at, n });
        *at += n;
        if (fits)
            return true;
    }
    return false;
}

static oko_status find_alias(unit_finder *f, oko_level level, oko_alias_kind kind, const char *text, int64_t *ret_id,
                             oko_error *err)
{
    size_t at = 0;
    char alias[64];
    *ret_id = 0;
    while (*ret_id == 0 && next_alias(text, &at, alias)) {
        oko_status status = try_find(oko_store_alias_find(f->store, level, kind, alias, ret_id, err), err);
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

/* The stored unit that this row means: same code, else one of its aliases (a unit made on the fly). The code of a
 * merged unit finds the one that took its place, which has another code. */
static oko_status find_stored(unit_finder *f, const batch_unit *row, oko_unit *ret_unit, bool *ret_found,
                              bool *ret_merged, oko_error *err)
{
    oko_status status = oko_store_unit_find(f->store, row->unit.level, row->unit.code, ret_unit, err);
    *ret_found = status == OKO_OK;
    *ret_merged = *ret_found && strcmp(ret_unit->code, row->unit.code) != 0;
    if (status != OKO_E_NOT_FOUND)
        return status;
    int64_t id = 0;
    oko_error_clear(err);
    status = find_alias(f, row->unit.level, OKO_ALIAS_LOGIN, row->login, &id, err);
    if (status == OKO_OK && id == 0)
        status = find_alias(f, row->unit.level, OKO_ALIAS_OGE, row->oge, &id, err);
    if (status == OKO_OK && id == 0)
        status = find_alias(f, row->unit.level, OKO_ALIAS_EGE, row->ege, &id, err);
    *ret_found = id != 0;
    return status == OKO_OK && id != 0 ? oko_store_unit_get(f->store, id, ret_unit, err) : status;
}

static oko_status put_aliases(unit_finder *f, int64_t unit, const batch_unit *row, oko_alias_kind kind,
                              const char *text, oko_error *err)
{
    size_t at = 0;
    char alias[64];
    while (next_alias(text, &at, alias)) {
        oko_status status = oko_store_alias_put(f->store, unit, kind, alias, err);
        if (status == OKO_E_CONFLICT) {
            oko_error_clear(err);
            status = rejected(f, row, "problem.unit.alias_taken");
        }
        if (status != OKO_OK)
            return status;
    }
    return OKO_OK;
}

/* What the table does not tell stays. */
static void keep_untold(oko_unit *u, const oko_unit *stored, unsigned told)
{
    if ((told & BATCH_TOLD_NAME) == 0)
        memcpy(u->name, stored->name, sizeof u->name);
    if ((told & BATCH_TOLD_PARENT) == 0)
        u->parent = stored->parent;
    if ((told & BATCH_TOLD_TYPE) == 0)
        memcpy(u->type, stored->type, sizeof u->type);
    if ((told & BATCH_TOLD_PLACE) == 0)
        memcpy(u->place, stored->place, sizeof u->place);
    if ((told & BATCH_TOLD_CLUSTER) == 0)
        memcpy(u->cluster, stored->cluster, sizeof u->cluster);
    if ((told & BATCH_TOLD_FROM) == 0)
        u->valid_from = stored->valid_from;
    if ((told & BATCH_TOLD_TO) == 0)
        u->valid_to = stored->valid_to;
}

static bool same_unit(const oko_unit *a, const oko_unit *b)
{
    return a->parent == b->parent && a->confirmed == b->confirmed && a->valid_from == b->valid_from &&
           a->valid_to == b->valid_to && strcmp(a->code, b->code) == 0 && strcmp(a->name, b->name) == 0 &&
           strcmp(a->type, b->type) == 0 && strcmp(a->place, b->place) == 0 && strcmp(a->cluster, b->cluster) == 0;
}

static oko_status see_alias(void *ctx, oko_alias_kind kind, const char *alias, int64_t unit)
{
    (void)kind;
    (void)alias;
    (void)unit;
    ++*(int64_t *)ctx;
    return OKO_OK;
}

static oko_status write_row(unit_finder *f, const batch_unit *row, int64_t *changed, oko_error *err)
{
    oko_unit stored = { 0 }, u = row->unit;
    bool found = false, merged = false;
    int64_t before = 0, after = 0;
    oko_status status = find_parent(f, row, &u.parent, err);
    if (status == OKO_OK && u.parent == 0 && row->parent[0] != '\0')
        return rejected(f, row, "problem.unit.no_parent");
    if (status == OKO_OK)
        status = find_stored(f, row, &stored, &found, &merged, err);
    if (status == OKO_OK && merged) { /* a person joined it to another: the row does not undo that */
        u = stored;
        status = tell(f, row, OKO_PROBLEM_NOTE, "problem.unit.merged", stored.code);
    }
    u.id = found ? stored.id : 0;
    u.made_by = f->import;
    if (status == OKO_OK && found)
        keep_untold(&u, &stored, row->told);
    if (status == OKO_OK && found)
        status = oko_store_alias_walk(f->store, u.id, see_alias, &before, err);
    if (status == OKO_OK && (!found || !same_unit(&u, &stored))) {
        status = oko_store_unit_put(f->store, &u, &u.id, err);
        ++*changed;
        f->made += found ? 0 : 1;
        before = -1;
    }
    if (status == OKO_OK)
        status = put_aliases(f, u.id, row, OKO_ALIAS_LOGIN, row->login, err);
    if (status == OKO_OK)
        status = put_aliases(f, u.id, row, OKO_ALIAS_OGE, row->oge, err);
    if (status == OKO_OK)
        status = put_aliases(f, u.id, row, OKO_ALIAS_EGE, row->ege, err);
    if (status == OKO_OK && before >= 0)
        status = oko_store_alias_walk(f->store, u.id, see_alias, &after, err);
    if (status == OKO_OK && before >= 0 && after != before)
        ++*changed;
    return status;
}

oko_status unit_write_register(unit_finder *f, int64_t *ret_changed, oko_error *err)
{
    int64_t changed = 0;
    for (int level = 0; level < (int)OKO_LEVEL_COUNT; level++) {
        for (size_t i = 0; i < f->batch->n_units; i++) {
            if ((int)f->batch->units[i].unit.level != level)
                continue;
            oko_status status = write_row(f, &f->batch->units[i], &changed, err);
            if (status != OKO_OK)
                return status;
        }
    }
    *ret_changed = changed;
    return OKO_OK;
}
