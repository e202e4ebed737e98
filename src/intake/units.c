#include "intake/units.h"

#include "base/hash.h"
#include "intake/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

oko_status unit_finder_init(unit_finder *f, oko_store *store, intake_batch *batch, const oko_import_options *options)
{
    memset(f, 0, sizeof *f);
    f->store = store;
    f->batch = batch;
    f->options = options;
    return oko_arena_new(0, &f->arena);
}

void unit_finder_clear(unit_finder *f)
{
    keymap_free(&f->municipalities);
    free(f->ids);
    oko_arena_free(f->arena);
    memset(f, 0, sizeof *f);
}

static oko_status note(unit_finder *f, const batch_place *place, const char *reason, const char *detail)
{
    const char *copy = batch_text(f->batch, oko_str_of(detail));
    if (copy == NULL)
        return OKO_E_MEMORY;
    return problem_add(&f->batch->problems, (clean_fault){ OKO_PROBLEM_NOTE, "", reason },
                       (problem_place){ .sheet = place->sheet, .row = place->row, .detail = copy });
}

/* ---- small searches ---- */

typedef struct name_search {
    char key[400];
    int64_t id;
    int n;
} name_search;

static oko_status match_name(void *ctx, const oko_unit *u)
{
    name_search *s = ctx;
    char key[400];
    oko_str_fold(key, sizeof key, oko_str_of(u->name));
    if (strcmp(key, s->key) == 0) {
        s->id = u->id;
        s->n++;
    }
    return OKO_OK;
}

/* The unit of this level and parent whose folded name is `name`, when there is exactly one; else 0. */
static oko_status find_by_name(unit_finder *f, int64_t parent, oko_level level, const char *name, int64_t *ret_id,
                               oko_error *err)
{
    name_search s = { .id = 0 };
    *ret_id = 0;
    if (oko_str_fold(s.key, sizeof s.key, oko_str_of(name)) == 0)
        return OKO_OK;
    oko_status status = oko_store_unit_walk(f->store, parent, level, match_name, &s, err);
    if (status == OKO_OK && s.n == 1)
        *ret_id = s.id;
    return status;
}

/* 0 when there is none. */
static oko_status find_by_alias(unit_finder *f, oko_level level, oko_alias_kind kind, const char *alias,
                                int64_t *ret_id, oko_error *err)
{
    *ret_id = 0;
    if (alias[0] == '\0')
        return OKO_OK;
    oko_status status = oko_store_alias_find(f->store, level, kind, alias, ret_id, err);
    if (status != OKO_E_NOT_FOUND)
        return status;
    oko_error_clear(err);
    return OKO_OK;
}

static oko_status find_by_code(unit_finder *f, oko_level level, const char *code, oko_unit *ret_unit, bool *ret_found,
                               oko_error *err)
{
    oko_status status = oko_store_unit_find(f->store, level, code, ret_unit, err);
    *ret_found = status == OKO_OK;
    if (status != OKO_E_NOT_FOUND)
        return status;
    oko_error_clear(err);
    return OKO_OK;
}

/* An alias that another unit has already stays there. */
static oko_status add_alias(unit_finder *f, int64_t unit, oko_alias_kind kind, const char *alias, oko_error *err)
{
    if (alias[0] == '\0')
        return OKO_OK;
    oko_status status = oko_store_alias_put(f->store, unit, kind, alias, err);
    if (status != OKO_E_CONFLICT)
        return status;
    oko_error_clear(err);
    return OKO_OK;
}

static oko_status make(unit_finder *f, const batch_place *place, oko_unit *u, const char *reason, int64_t *ret_id,
                       oko_error *err)
{
    u->made_by = f->import;
    oko_status status = oko_store_unit_put(f->store, u, ret_id, err);
    if (status != OKO_OK)
        return status;
    u->id = *ret_id;
    f->made++;
    return note(f, place, reason, u->code);
}

/* ---- regions ---- */

static oko_status count_region(void *ctx, const oko_unit *u)
{
    name_search *s = ctx;
    s->id = u->id;
    s->n++;
    return OKO_OK;
}

/* A region that was made from a code alone learns its name from the first file that tells it. */
static oko_status name_region(unit_finder *f, oko_unit *u, const char *name, oko_error *err)
{
    int64_t same = 0;
    if (u->confirmed || name[0] == '\0' || strcmp(u->name, u->code) != 0 || strcmp(u->name, name) == 0)
        return OKO_OK;
    oko_str_copy(u->name, sizeof u->name, oko_str_of(name));
    f->changed++;
    return oko_store_unit_put(f->store, u, &same, err);
}

/* The only region of the register, when it has no name yet, is the one that a file calls by its name. */
static oko_status nameless_region(unit_finder *f, const char *name, int64_t *ret_id, oko_error *err)
{
    name_search only = { .id = 0 };
    oko_unit u = { 0 };
    oko_status status = oko_store_unit_walk(f->store, 0, OKO_LEVEL_REGION, count_region, &only, err);
    if (status != OKO_OK || only.n != 1)
        return status;
    status = oko_store_unit_get(f->store, only.id, &u, err);
    if (status != OKO_OK || u.confirmed || strcmp(u.name, u.code) != 0)
        return status;
    *ret_id = u.id;
    return name_region(f, &u, name, err);
}

static oko_status make_region(unit_finder *f, const batch_place *place, const char *code, const char *name,
                              int64_t *ret_id, oko_error *err)
{
    oko_unit u = { .level = OKO_LEVEL_REGION };
    bool found = false;
    oko_str_copy(u.code, sizeof u.code, oko_str_of(code));
    oko_status status = find_by_code(f, OKO_LEVEL_REGION, u.code, &u, &found, err);
    if (status != OKO_OK || found) {
        *ret_id = u.id;
        return status == OKO_OK ? name_region(f, &u, name, err) : status;
    }
    oko_str_copy(u.name, sizeof u.name, oko_str_of(name[0] != '\0' ? name : code));
    return make(f, place, &u, "problem.unit.new_region", ret_id, err);
}

/* Region of a table that names none: the only one of the register, else «00». */
static oko_status unknown_region(unit_finder *f, const batch_place *place, int64_t *ret_id, oko_error *err)
{
    name_search only = { .id = 0 };
    oko_status status = OKO_OK;
    if (f->region_unknown == 0) {
        status = oko_store_unit_walk(f->store, 0, OKO_LEVEL_REGION, count_region, &only, err);
        if (status == OKO_OK && only.n != 1) {
            status = make_region(f, place, "00", "", &only.id, err);
            if (status == OKO_OK)
                status = note(f, place, "problem.unit.region_unknown", "00");
        }
        f->region_unknown = status == OKO_OK ? only.id : 0;
    }
    *ret_id = f->region_unknown;
    return status;
}

static oko_status find_region(unit_finder *f, const batch_place *place, int64_t *ret_id, oko_error *err)
{
    const char *code = place->region;
    if (code[0] == '\0' && f->options->region != NULL)
        code = f->options->region;
    if (code[0] != '\0')
        return make_region(f, place, code, place->region_name, ret_id, err);
    if (place->region_name[0] == '\0')
        return unknown_region(f, place, ret_id, err);
    oko_status status = find_by_name(f, 0, OKO_LEVEL_REGION, place->region_name, ret_id, err);
    if (status != OKO_OK || *ret_id != 0)
        return status;
    status = nameless_region(f, place->region_name, ret_id, err);
    if (status != OKO_OK || *ret_id != 0)
        return status;
    char cut[64];
    oko_str_copy(cut, sizeof cut, oko_str_of(place->region_name));
    return make_region(f, place, cut, place->region_name, ret_id, err);
}

static oko_status find_country(unit_finder *f, const batch_place *place, int64_t *ret_id, oko_error *err)
{
    name_search only = { .id = 0 };
    oko_status status = oko_store_unit_walk(f->store, 0, OKO_LEVEL_COUNTRY, count_region, &only, err);
    if (status != OKO_OK || only.n > 0) {
        *ret_id = only.id;
        return status;
    }
    oko_unit u = { .level = OKO_LEVEL_COUNTRY, .code = "RU", .name = "Российская Федерация" };
    return make(f, place, &u, "problem.unit.new_country", ret_id, err);
}

/* ---- municipalities ---- */

/* "99/МО 43"; long names get a hash as their tail. */
static void joint_code(char code[64], const char *parent, const char *name)
{
    char full[600], hex[OKO_HASH_HEX];
    snprintf(full, sizeof full, "%s/%s", parent, name);
    if (oko_str_copy(code, 64, oko_str_of(full)))
        return;
    oko_hash_bytes(full, strlen(full), hex);
    oko_str_copy(code, 64 - 13, oko_str_of(full));
    snprintf(code + strlen(code), 14, "-%.12s", hex);
}

static oko_status make_municipality(unit_finder *f, const batch_place *place, int64_t region, int64_t *ret_id,
                                    oko_error *err)
{
    oko_unit parent = { 0 }, u = { .level = OKO_LEVEL_MUNICIPALITY, .parent = region };
    const char *name = place->municipality[0] != '\0' ? place->municipality : place->municipality_login;
    bool found = false;
    oko_status status = oko_store_unit_get(f->store, region, &parent, err);
    if (status != OKO_OK)
        return status;
    joint_code(u.code, parent.code, name);
    oko_unit other = { 0 };
    status = find_by_code(f, OKO_LEVEL_MUNICIPALITY, u.code, &other, &found, err);
    if (status != OKO_OK || found) {
        *ret_id = other.id;
        return status;
    }
    oko_str_copy(u.name, sizeof u.name, oko_str_of(name));
    return make(f, place, &u, "problem.unit.new_municipality", ret_id, err);
}

static oko_status remember(unit_finder *f, oko_str key, int64_t id)
{
    oko_status status = oko_grow(&f->ids, &f->cap_ids, f->n_ids + 1, sizeof *f->ids, BATCH_MAX_PLACES);
    if (status == OKO_OK)
        status = keymap_add(&f->municipalities, f->arena, key, (uint32_t)f->n_ids);
    if (status == OKO_OK)
        f->ids[f->n_ids++] = id;
    return status;
}

/* A place without a municipality hangs on its region. */
static oko_status find_municipality(unit_finder *f, const batch_place *place, int64_t *ret_id, oko_error *err)
{
    int64_t region = 0;
    oko_status status = find_region(f, place, &region, err);
    *ret_id = region;
    if (status != OKO_OK || (place->municipality[0] == '\0' && place->municipality_login[0] == '\0'))
        return status;
    char buffer[600];
    memcpy(buffer, &region, sizeof region);
    size_t n = sizeof region + oko_str_fold(buffer + sizeof region, 400, oko_str_of(place->municipality));
    n += oko_str_fold(buffer + n, 100, oko_str_of(place->municipality_login));
    uint32_t index = 0;
    if (keymap_find(&f->municipalities, (oko_str){ buffer, n }, &index)) {
        *ret_id = f->ids[index];
        return OKO_OK;
    }
    int64_t id = 0;
    status = find_by_alias(f, OKO_LEVEL_MUNICIPALITY, OKO_ALIAS_LOGIN, place->municipality_login, &id, err);
    if (status == OKO_OK && id == 0)
        status = find_by_name(f, region, OKO_LEVEL_MUNICIPALITY, place->municipality, &id, err);
    if (status == OKO_OK && id == 0)
        status = make_municipality(f, place, region, &id, err);
    if (status == OKO_OK)
        status = add_alias(f, id, OKO_ALIAS_LOGIN, place->municipality_login, err);
    *ret_id = id;
    return status == OKO_OK ? remember(f, (oko_str){ buffer, n }, id) : status;
}

/* ---- schools ---- */

/* A column that only says «code» may hold the code of either exam: taken when one school answers to it. */
static oko_status find_exam_code(unit_finder *f, const char *code, int64_t *ret_id, oko_error *err)
{
    int64_t oge = 0, ege = 0;
    if (strspn(code, "0123456789") != strlen(code))
        return OKO_OK;
    oko_status status = find_by_alias(f, OKO_LEVEL_SCHOOL, OKO_ALIAS_OGE, code, &oge, err);
    if (status == OKO_OK)
        status = find_by_alias(f, OKO_LEVEL_SCHOOL, OKO_ALIAS_EGE, code, &ege, err);
    if (status == OKO_OK && (oge == 0 || ege == 0 || oge == ege))
        *ret_id = oge != 0 ? oge : ege;
    return status;
}

static oko_status find_school_alias(unit_finder *f, const batch_place *p, int64_t *ret_id, oko_error *err)
{
    oko_unit u = { 0 };
    bool found = false;
    oko_status status = find_by_alias(f, OKO_LEVEL_SCHOOL, OKO_ALIAS_LOGIN, p->login, ret_id, err);
    if (status == OKO_OK && *ret_id == 0)
        status = find_by_alias(f, OKO_LEVEL_SCHOOL, OKO_ALIAS_OGE, p->oge, ret_id, err);
    if (status == OKO_OK && *ret_id == 0)
        status = find_by_alias(f, OKO_LEVEL_SCHOOL, OKO_ALIAS_EGE, p->ege, ret_id, err);
    if (status == OKO_OK && *ret_id == 0 && p->login[0] != '\0') {
        status = find_by_code(f, OKO_LEVEL_SCHOOL, p->login, &u, &found, err);
        *ret_id = found ? u.id : 0;
    }
    if (status == OKO_OK && *ret_id == 0 && p->login[0] != '\0')
        status = find_by_alias(f, OKO_LEVEL_SCHOOL, OKO_ALIAS_OTHER, p->login, ret_id, err);
    if (status == OKO_OK && *ret_id == 0 && p->login[0] != '\0')
        status = find_exam_code(f, p->login, ret_id, err);
    return status;
}

static oko_status see_alias(void *ctx, oko_alias_kind kind, const char *alias, int64_t unit)
{
    (void)alias;
    (void)unit;
    bool *has = ctx;
    has[kind] = true;
    return OKO_OK;
}

/* Does the unit stand, at whatever depth, below `top`? */
static oko_status stands_below(unit_finder *f, int64_t id, int64_t top, bool *ret_below, oko_error *err)
{
    oko_unit u = { .parent = id };
    for (int depth = 0; depth < (int)OKO_LEVEL_COUNT && u.parent != 0; depth++) {
        oko_status status = oko_store_unit_get(f->store, u.parent, &u, err);
        if (status != OKO_OK)
            return status;
        *ret_below = *ret_below || u.id == top;
    }
    return OKO_OK;
}

/* A school of this name in the municipality; where the file names no municipality, the only one of the region. */
static oko_status find_school_named(unit_finder *f, const batch_place *p, int64_t parent, int64_t *ret_id,
                                    oko_error *err)
{
    bool placed = p->municipality[0] != '\0' || p->municipality_login[0] != '\0';
    bool below = false;
    int64_t id = 0;
    oko_status status = find_by_name(f, parent, OKO_LEVEL_SCHOOL, p->name, ret_id, err);
    if (status != OKO_OK || *ret_id != 0 || placed)
        return status;
    status = find_by_name(f, 0, OKO_LEVEL_SCHOOL, p->name, &id, err);
    if (status == OKO_OK && id != 0)
        status = stands_below(f, id, parent, &below, err);
    *ret_id = below ? id : 0;
    return status;
}

/* A school of the same name in the municipality that has no code of the kind this file uses. */
static oko_status find_school_name(unit_finder *f, const batch_place *p, int64_t municipality, int64_t *ret_id,
                                   oko_error *err)
{
    bool has[OKO_ALIAS_KIND_COUNT] = { false };
    int64_t id = 0;
    oko_status status = find_school_named(f, p, municipality, &id, err);
    if (status != OKO_OK || id == 0)
        return status;
    status = oko_store_alias_walk(f->store, id, see_alias, has, err);
    if (status != OKO_OK || (p->login[0] != '\0' && has[OKO_ALIAS_LOGIN]) ||
        (p->oge[0] != '\0' && has[OKO_ALIAS_OGE]) || (p->ege[0] != '\0' && has[OKO_ALIAS_EGE]))
        return status;
    *ret_id = id;
    if (p->login[0] == '\0' && p->oge[0] == '\0' && p->ege[0] == '\0')
        return OKO_OK;
    return note(f, p, "problem.unit.matched_by_name",
                p->login[0] != '\0' ? p->login : (p->oge[0] != '\0' ? p->oge : p->ege));
}

static void school_code(const batch_place *p, char code[64])
{
    char full[600], hex[OKO_HASH_HEX];
    if (p->login[0] != '\0' && strlen(p->login) < 64)
        oko_str_copy(code, 64, oko_str_of(p->login));
    else if (p->oge[0] != '\0' && strlen(p->oge) < 56)
        snprintf(code, 64, "oge-%.55s", p->oge);
    else if (p->ege[0] != '\0' && strlen(p->ege) < 56)
        snprintf(code, 64, "ege-%.55s", p->ege);
    else {
        snprintf(full, sizeof full, "%s|%s|%s", p->region, p->municipality, p->login[0] != '\0' ? p->login : p->name);
        oko_hash_bytes(full, strlen(full), hex);
        snprintf(code, 64, "name-%.12s", hex);
    }
}

/* sch990001 and edu990001 may be one school: only a person can say. */
static oko_status note_twin(unit_finder *f, const batch_place *p, oko_error *err)
{
    char twin[64];
    bool sch = strncmp(p->login, "sch", 3) == 0, edu = strncmp(p->login, "edu", 3) == 0;
    int64_t id = 0;
    if ((!sch && !edu) || strlen(p->login) != 9)
        return OKO_OK;
    snprintf(twin, sizeof twin, "%s%.6s", sch ? "edu" : "sch", p->login + 3);
    oko_status status = find_by_alias(f, OKO_LEVEL_SCHOOL, OKO_ALIAS_LOGIN, twin, &id, err);
    return status == OKO_OK && id != 0 ? note(f, p, "problem.unit.possible_match", twin) : status;
}

static oko_status make_school(unit_finder *f, const batch_place *p, int64_t municipality, int64_t *ret_id,
                              oko_error *err)
{
    oko_unit u = { .level = OKO_LEVEL_SCHOOL, .parent = municipality };
    bool found = false;
    oko_unit other = { 0 };
    school_code(p, u.code);
    oko_status status = find_by_code(f, OKO_LEVEL_SCHOOL, u.code, &other, &found, err);
    if (status != OKO_OK || found) {
        *ret_id = other.id;
        return status;
    }
    oko_str_copy(u.name, sizeof u.name, oko_str_of(p->name[0] != '\0' ? p->name : u.code));
    status = make(f, p, &u, "problem.unit.new_school", ret_id, err);
    return status == OKO_OK ? note_twin(f, p, err) : status;
}

/* A unit that nobody confirmed learns its name and municipality from later files. */
static oko_status complete_school(unit_finder *f, const batch_place *p, int64_t id, int64_t municipality,
                                  oko_error *err)
{
    oko_unit u = { 0 }, parent = { 0 };
    int64_t same = 0;
    oko_status status = oko_store_unit_get(f->store, id, &u, err);
    if (status != OKO_OK)
        return status;
    bool rename = !u.confirmed && strcmp(u.name, u.code) == 0 && p->name[0] != '\0' && strcmp(p->name, u.name) != 0;
    bool move = false;
    if (municipality != 0 && u.parent != municipality && p->municipality[0] != '\0') {
        status = u.parent != 0 ? oko_store_unit_get(f->store, u.parent, &parent, err) : OKO_OK;
        move = status == OKO_OK && !u.confirmed && parent.level != OKO_LEVEL_MUNICIPALITY;
        if (status == OKO_OK && !move)
            status = note(f, p, "problem.unit.other_municipality", u.code);
    }
    if (status != OKO_OK || (!rename && !move))
        return status;
    if (rename)
        oko_str_copy(u.name, sizeof u.name, oko_str_of(p->name));
    if (move)
        u.parent = municipality;
    f->changed++;
    return oko_store_unit_put(f->store, &u, &same, err);
}

/* The municipality that the file names, in the region of the school when the file names none. */
static oko_status find_named_municipality(unit_finder *f, const batch_place *p, int64_t school, int64_t *ret_id,
                                          oko_error *err)
{
    batch_place at = *p;
    oko_unit u = { .parent = school };
    char region[sizeof u.code];
    bool named = p->region[0] != '\0' || p->region_name[0] != '\0';
    for (int depth = 0; !named && depth < (int)OKO_LEVEL_COUNT && u.parent != 0; depth++) {
        oko_status status = oko_store_unit_get(f->store, u.parent, &u, err);
        if (status != OKO_OK)
            return status;
        if (u.level != OKO_LEVEL_REGION)
            continue;
        memcpy(region, u.code, sizeof region);
        at.region = region;
    }
    return find_municipality(f, &at, ret_id, err);
}

static oko_status find_school(unit_finder *f, const batch_place *p, int64_t *ret_id, oko_error *err)
{
    int64_t municipality = 0, id = 0;
    bool placed = p->municipality[0] != '\0' || p->municipality_login[0] != '\0';
    oko_status status = find_school_alias(f, p, &id, err);
    bool known = id != 0;
    if (status == OKO_OK && (!known || placed))
        status = find_named_municipality(f, p, id, &municipality, err);
    if (status == OKO_OK && !known && p->name[0] != '\0')
        status = find_school_name(f, p, municipality, &id, err);
    if (status == OKO_OK && id == 0)
        status = make_school(f, p, municipality, &id, err);
    else if (status == OKO_OK)
        status = complete_school(f, p, id, placed ? municipality : 0, err);
    if (status == OKO_OK && (!known || is_login(oko_str_of(p->login)))) /* found by another code: that is no login */
        status = add_alias(f, id, OKO_ALIAS_LOGIN, p->login, err);
    if (status == OKO_OK)
        status = add_alias(f, id, OKO_ALIAS_OGE, p->oge, err);
    if (status == OKO_OK)
        status = add_alias(f, id, OKO_ALIAS_EGE, p->ege, err);
    *ret_id = id;
    return status;
}

oko_status unit_find_place(unit_finder *f, batch_place *place, oko_error *err)
{
    switch (place->level) {
    case OKO_LEVEL_COUNTRY:
        return find_country(f, place, &place->unit, err);
    case OKO_LEVEL_REGION:
        return find_region(f, place, &place->unit, err);
    case OKO_LEVEL_MUNICIPALITY:
        return find_municipality(f, place, &place->unit, err);
    default:
        return find_school(f, place, &place->unit, err);
    }
}

/* ---- classes ---- */

oko_status unit_find_class(unit_finder *f, const oko_procedure *p, int64_t school, const char *label, oko_error *err)
{
    oko_unit parent = { 0 }, u = { .level = OKO_LEVEL_CLASS, .parent = school };
    char code[256];
    bool found = false;
    oko_status status = oko_store_unit_get(f->store, school, &parent, err);
    if (status != OKO_OK)
        return status;
    /* A test written from September on belongs to the next academic year, and its pupils have moved up a grade. */
    bool autumn = strlen(p->date) == 10 && strncmp(p->date + 5, "09", 2) >= 0;
    int grade = p->grade + (autumn && p->grade > 0 ? 1 : 0);
    char number[16] = "";
    if (grade > 0)
        snprintf(number, sizeof number, label[0] >= '0' && label[0] <= '9' ? "%d-" : "%d", grade); /* «4-1», not «41» */
    snprintf(code, sizeof code, "%s/%d/%s%s", parent.code, p->year + (autumn ? 1 : 0), number, label);
    if (!oko_str_copy(u.code, sizeof u.code, oko_str_of(code)))
        return OKO_OK; /* a school code that leaves no room: the sheet keeps the label */
    snprintf(u.name, sizeof u.name, "%s%s", number, label);
    u.valid_from = u.valid_to = (int16_t)(p->year + (autumn ? 1 : 0));
    oko_unit other;
    status = find_by_code(f, OKO_LEVEL_CLASS, u.code, &other, &found, err);
    if (status != OKO_OK || found)
        return status;
    int64_t id = 0;
    f->classes++;
    u.made_by = f->import;
    return oko_store_unit_put(f->store, &u, &id, err);
}
