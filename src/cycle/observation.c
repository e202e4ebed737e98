/* Observers: who is where and when, and the protocol (акт наблюдения), which becomes a finding when it is confirmed. */
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/inspections.h"
#include "cycle/nouns.h"
#include "domain/date.h"
#include "domain/remarks.h"
#include "reference/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- time ---- */

/* Minutes after midnight of "09:05"; −1: it says something else. */
static int minutes(const char *time)
{
    for (int i = 0; i < 5; i++) {
        if (i == 2 ? time[i] != ':' : time[i] < '0' || time[i] > '9') {
            return -1;
        }
    }
    const int h = (time[0] - '0') * 10 + time[1] - '0', m = (time[3] - '0') * 10 + time[4] - '0';
    return time[5] == '\0' && h < 24 && m < 60 ? h * 60 + m : -1;
}

/* Begin and end of a visit or protocol; a time that is not given reaches to the end of the day. */
static oko_status span(const json_t *o, int *ret_begin, int *ret_end, oko_error *err)
{
    const char *begin = oko_body_str(o, "begin"), *end = oko_body_str(o, "end"), *date = oko_body_str(o, "date");
    if (*date != '\0' && !oko_date_valid(date)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.date", "date");
    }
    *ret_begin = *begin != '\0' ? minutes(begin) : 0;
    *ret_end = *end != '\0' ? minutes(end) : 24 * 60;
    if (*ret_begin < 0 || *ret_end < 0 || *ret_begin >= *ret_end) {
        return oko_error_set(err, OKO_E_ARGUMENT, "observe.time", *ret_begin < 0 ? "begin" : "end");
    }
    return OKO_OK;
}

/* ---- clashes ---- */

typedef struct clashing {
    const oko_entry *own;
    int begin, end;
    int64_t other;
    oko_error *err;
} clashing;

static oko_status take_other(void *ctx, const oko_entry *e)
{
    clashing *k = ctx;
    int begin, end;
    if (e->head.id == k->own->head.id || e->head.unit == k->own->head.unit ||
        strcmp(oko_body_str(e->body, "date"), oko_body_str(k->own->body, "date")) != 0) {
        return OKO_OK;
    }
    oko_status status = span(e->body, &begin, &end, k->err);
    if (status == OKO_OK && begin < k->end && k->begin < end) {
        k->other = e->head.id;
    }
    return status;
}

/* One observer is not at two schools at once. */
static oko_status no_clash(const oko_cycle *c, const oko_entry *e, oko_error *err)
{
    clashing k = { .own = e, .err = err };
    const char *date = oko_body_str(e->body, "date");
    oko_status status = span(e->body, &k.begin, &k.end, err);
    if (status != OKO_OK || *date == '\0' || e->head.assignee == 0) {
        return status;
    }
    const oko_record_query q = { .kind = "observation",
                                 .states = "scheduled,held,confirmed",
                                 .assignee = e->head.assignee,
                                 .body_path = "date",
                                 .body_value = date };
    status = oko_cycle_each(c, &q, take_other, &k, err);
    if (status == OKO_OK && k.other != 0) {
        status = oko_error_set(err, OKO_E_CONFLICT, "observe.clash", "assignee");
        oko_error_arg(err, "%lld", (long long)k.other);
    }
    return status;
}

static oko_status known_procedure(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    oko_procedure p;
    const char *code = oko_body_str(e->body, "procedure");
    if (*code == '\0') {
        return OKO_OK;
    }
    oko_status status = oko_store_procedure_get(c->store, code, 0, &p, err);
    if (status == OKO_E_NOT_FOUND) {
        return oko_error_set(err, OKO_E_ARGUMENT, "inspection.procedure", "procedure");
    }
    if (status == OKO_OK && json_object_get(e->body, "grade") == NULL && p.grade > 0) {
        status = oko_body_set(e->body, "grade", json_integer(p.grade), err);
    }
    if (status == OKO_OK && e->head.year == 0) {
        e->head.year = p.year;
    }
    return status;
}

static oko_status check(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    oko_unit u;
    oko_status status = oko_store_unit_get(c->store, e->head.unit, &u, err);
    if (status == OKO_OK && u.level != OKO_LEVEL_SCHOOL) {
        return oko_error_set(err, OKO_E_ARGUMENT, "inspection.school", "unit");
    }
    status = status == OKO_OK ? known_procedure(c, e, err) : status;
    if (status == OKO_OK && e->head.year == 0) {
        const char *date = oko_body_str(e->body, "date");
        e->head.year = (int)strtol(*date != '\0' ? date : c->today, NULL, 10);
    }
    return status == OKO_OK ? no_clash(c, e, err) : status;
}

/* ---- protocol ---- */

static oko_status known_kind(const json_t *kinds, const char *kind, oko_error *err)
{
    for (size_t i = 0; i < json_array_size(kinds); i++) {
        if (strcmp(oko_body_str(json_array_get(kinds, i), "code"), kind) == 0) {
            return OKO_OK;
        }
    }
    return *kind == '\0' ? OKO_OK : oko_error_set(err, OKO_E_ARGUMENT, "observe.kind", kind);
}

/* Remarks are numbered and their names masked. */
static oko_status number_remarks(json_t *remarks, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *kinds = NULL;
    oko_status status = oko_cycle_reference("remark-kinds.json", &kinds, err);
    for (size_t i = 0; status == OKO_OK && i < json_array_size(remarks); i++) {
        json_t *r = json_array_get(remarks, i);
        char text[1400];
        (void)oko_remark_mask(oko_str_of(oko_body_str(r, "text")), text, sizeof text);
        if (text[0] == '\0') {
            return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "text");
        }
        status = known_kind(json_object_get(kinds, "kinds"), oko_body_str(r, "kind"), err);
        status = status == OKO_OK ? oko_body_set(r, "text", json_string(text), err) : status;
        status = status == OKO_OK ? oko_body_set(r, "number", json_integer((json_int_t)i + 1), err) : status;
    }
    return status;
}

/* Independent unless the protocol says otherwise or the observer is of this school. */
static oko_status note_independence(const oko_cycle *c, const oko_entry *e, json_t *protocol, oko_error *err)
{
    bool own = false;
    oko_user user;
    if (e->head.assignee != 0) {
        oko_status status = oko_store_user_get(c->store, e->head.assignee, &user, err);
        if (status != OKO_OK) {
            return status;
        }
        own = user.unit == e->head.unit;
    }
    const json_t *said = json_object_get(protocol, "independent");
    return own || said == NULL ? oko_body_set(protocol, "independent", json_boolean(!own), err) : OKO_OK;
}

static oko_status hold(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    json_t *given = json_object_get(e->body, "protocol"), *remarks;
    int begin, end;
    if (!json_is_object(given)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.required", "protocol");
    }
    json_t *protocol = json_deep_copy(given); /* the step keeps what was written */
    oko_status status = oko_body_set(e->body, "protocol", protocol, err);
    if (status != OKO_OK) {
        return status;
    }
    remarks = json_object_get(protocol, "remarks");
    /* «Нарушений не выявлено», or a list: one of the two, never both. */
    if (oko_body_true(protocol, "none") == (json_array_size(remarks) > 0)) {
        return oko_error_set(err, OKO_E_ARGUMENT, "observe.remarks", "protocol");
    }
    status = span(protocol, &begin, &end, err);
    status = status == OKO_OK ? number_remarks(remarks, err) : status;
    return status == OKO_OK ? note_independence(c, e, protocol, err) : status;
}

/* ---- finding ---- */

static int64_t day_number(const char *date)
{
    return strlen(date) == 10
               ? strtol(date, NULL, 10) * 10000 + strtol(date + 5, NULL, 10) * 100 + strtol(date + 8, NULL, 10)
               : OKO_FINDING_UNKNOWN;
}

static int64_t stage_number(const char *name)
{
    for (int i = 0; i < OKO_STAGE_COUNT; i++) {
        if (strcmp(name, oko_stage_name((oko_stage)i)) == 0) {
            return i;
        }
    }
    return OKO_FINDING_UNKNOWN;
}

static int64_t yes_no(const json_t *o, const char *name)
{
    const json_t *v = json_object_get(o, name);
    return json_is_boolean(v) ? json_is_true(v) : OKO_FINDING_UNKNOWN;
}

/* What the protocol says, else what was scheduled. */
static const char *said(const oko_entry *e, const char *name)
{
    const char *text = oko_body_str(json_object_get(e->body, "protocol"), name);
    return *text != '\0' ? text : oko_body_str(e->body, name);
}

static void read_facts(const oko_entry *e, int64_t *facts)
{
    const json_t *protocol = json_object_get(e->body, "protocol"), *grade = json_object_get(e->body, "grade");
    facts[OKO_OBSERVATION_DATE] = day_number(said(e, "date"));
    facts[OKO_OBSERVATION_GRADE] = grade != NULL ? json_integer_value(grade) : OKO_FINDING_UNKNOWN;
    facts[OKO_OBSERVATION_STAGE] = stage_number(oko_body_str(e->body, "stage"));
    facts[OKO_OBSERVATION_BEGIN] = minutes(said(e, "begin"));
    facts[OKO_OBSERVATION_END] = minutes(said(e, "end"));
    facts[OKO_OBSERVATION_INDEPENDENT] = yes_no(protocol, "independent");
    facts[OKO_OBSERVATION_VIDEO] = yes_no(protocol, "video");
    facts[OKO_OBSERVATION_REMARKS] = (int64_t)json_array_size(json_object_get(protocol, "remarks"));
}

static void write_note(const oko_entry *e, char *out, size_t bytes)
{
    const json_t *remarks = json_object_get(json_object_get(e->body, "protocol"), "remarks");
    OKO_CLEANUP(oko_buffer_free) oko_buffer note = { 0 };
    oko_buffer_init(&note, 200000);
    for (size_t i = 0; i < json_array_size(remarks); i++) {
        oko_buffer_printf(&note, "%s%s", i > 0 ? "\n" : "", oko_body_str(json_array_get(remarks, i), "text"));
    }
    oko_str_copy(out, bytes, (oko_str){ note.ptr, note.len });
}

/* The key of a visit is as files have it: «yyyymmdd stage class room» (docs/formats/findings.md). */
static oko_status confirm(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    oko_finding f = { .kind = OKO_FINDING_OBSERVATION, .unit = e->head.unit, .year = e->head.year };
    int64_t import = 0;
    char label[16], room[33];
    const char *stage = oko_body_str(e->body, "stage");
    read_facts(e, f.facts);
    write_note(e, f.note, sizeof f.note);
    const int64_t grade = f.facts[OKO_OBSERVATION_GRADE];
    oko_class_label(oko_str_of(oko_body_str(e->body, "class")), grade > 0 && grade <= 12 ? (int)grade : 0, label);
    oko_str_copy(room, sizeof room, oko_str_of(oko_body_str(e->body, "room")));
    oko_str_copy(f.procedure, sizeof f.procedure, oko_str_of(oko_body_str(e->body, "procedure")));
    (void)snprintf(f.part, sizeof f.part, "%lld %s %s %s", (long long)f.facts[OKO_OBSERVATION_DATE],
                   *stage != '\0' ? stage : "-", label[0] != '\0' ? label : "-", room);
    oko_status status = oko_inspection_finding(c, e, &f, &import, err);
    return status == OKO_OK && import != 0 ? oko_body_set(e->body, "import", json_integer(import), err) : status;
}

static oko_status acting(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    (void)input;
    if (strcmp(a->name, "hold") == 0) {
        return hold(c, e, err);
    }
    return strcmp(a->name, "confirm") == 0 ? confirm(c, e, err) : OKO_OK;
}

const oko_noun oko_noun_observation = { .kind = "observation", .creating = check, .changing = check, .acting = acting };
