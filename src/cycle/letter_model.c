/* A letter as what stands on paper: strings alone, so that a template needs no rules. */
#include "base/memory.h"
#include "cycle/body.h"
#include "cycle/letters.h"
#include "cycle/procedure_name.h"
#include "cycle/settings.h"
#include "reference/json.h"
#include "reference/text.h"

#include <stdio.h>
#include <string.h>

static oko_status no_memory(oko_error *err)
{
    return oko_error_set(err, OKO_E_MEMORY, "", "");
}

/* 2021-05-31 → 31.05.2021; "" stays. */
static void day(const char *date, char ret[OKO_DATE_BYTES])
{
    ret[0] = '\0';
    if (strlen(date) == OKO_DATE_BYTES - 1) {
        (void)snprintf(ret, OKO_DATE_BYTES, "%.2s.%.2s.%.4s", date + 8, date + 5, date);
    }
}

/* Lines of the text as paragraphs; blank ones are left out. */
static json_t *paragraphs_of(const char *text)
{
    json_t *list = json_array();
    while (list != NULL && *text != '\0') {
        const size_t len = strcspn(text, "\r\n");
        if (len > 0 && json_array_append_new(list, json_stringn(text, len)) != 0) {
            json_decref(list);
            return NULL;
        }
        text += len + (text[len] != '\0');
    }
    return list;
}

static const char *word(const oko_text *text, const char *prefix, const char *name)
{
    char key[128];
    (void)snprintf(key, sizeof key, "%s%s", prefix, name);
    return oko_text_has(text, key) ? oko_text_get(text, key) : name;
}

static oko_status add_case(const oko_cycle *c, const oko_text *text, int64_t id, json_t *list, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_unit u;
    char procedure[OKO_PROCEDURE_NAME_BYTES];
    oko_status status = oko_cycle_load(c, "case", id, &e, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        return OKO_OK;
    }
    status = status == OKO_OK ? oko_store_unit_get(c->store, e.head.unit, &u, err) : status;
    status = status == OKO_OK ? oko_procedure_name(c, oko_body_str(e.body, "procedure"), procedure, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    const json_t *origin = json_object_get(e.body, "origin");
    const char *said = oko_body_str(origin, "statement");
    json_t *o = json_pack("{s:s, s:s, s:s, s:s}", "school", u.name[0] != '\0' ? u.name : u.code, "sign",
                          word(text, "evidence.family.", oko_body_str(e.body, "sign")), "procedure", procedure,
                          "statement", *said != '\0' ? said : oko_body_str(origin, "reason"));
    return oko_body_append(list, o, err);
}

static oko_status add_measure(const oko_cycle *c, const char *code, json_t *list, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_status status = oko_catalogue_find(c, code, &e, err);
    if (status == OKO_E_NOT_FOUND) {
        oko_error_clear(err);
        status = OKO_OK;
    }
    if (status != OKO_OK) {
        return status;
    }
    return oko_body_append(list,
                           json_pack("{s:s, s:s, s:s}", "code", code, "name",
                                     e.head.title[0] != '\0' ? e.head.title : code, "evidence",
                                     e.body != NULL ? oko_body_str(e.body, "evidence") : ""),
                           err);
}

/* As the office has set it, else the name of the person who approved the letter. */
static oko_status signer_of(const oko_cycle *c, const oko_entry *e, const oko_settings *s, char ret[200],
                            oko_error *err)
{
    const json_t *steps = json_object_get(e->body, "steps");
    (void)oko_str_copy(ret, 200, oko_str_of(s->signer));
    if (ret[0] != '\0') {
        return OKO_OK;
    }
    for (size_t i = json_array_size(steps); i > 0; i--) {
        const json_t *step = json_array_get(steps, i - 1);
        oko_user user;
        if (strcmp(oko_body_str(step, "action"), "approve") != 0 || oko_body_int(step, "by") == 0) {
            continue;
        }
        oko_status status = oko_store_user_get(c->store, oko_body_int(step, "by"), &user, err);
        if (status == OKO_OK) {
            oko_str_copy(ret, 200, oko_str_of(user.name));
        }
        return status;
    }
    return OKO_OK;
}

/* The office, else the region that the addressee belongs to. */
static oko_status sender_of(const oko_cycle *c, const oko_entry *e, const oko_settings *s, char ret[400],
                            oko_error *err)
{
    oko_unit u = { .parent = e->head.unit };
    oko_status status = OKO_OK;
    (void)oko_str_copy(ret, 400, oko_str_of(s->organisation));
    if (ret[0] != '\0') {
        return OKO_OK;
    }
    while (status == OKO_OK && u.parent != 0 && u.level != OKO_LEVEL_REGION) {
        status = oko_store_unit_get(c->store, u.parent, &u, err);
    }
    if (status == OKO_OK && u.level == OKO_LEVEL_REGION) {
        oko_str_copy(ret, 400, oko_str_of(u.name[0] != '\0' ? u.name : u.code));
    }
    return status;
}

static oko_status lists_of(const oko_cycle *c, const oko_entry *e, json_t *model, oko_error *err)
{
    OKO_CLEANUP(oko_text_freep) oko_text *text = NULL;
    json_t *cases = json_array(), *measures = json_array();
    oko_status status = oko_body_set(model, "cases", cases, err);
    status = status == OKO_OK ? oko_body_set(model, "measures", measures, err) : status;
    status = status == OKO_OK ? oko_text_open("ru", &text, err) : status;
    const json_t *ids = json_object_get(e->body, "cases"), *codes = json_object_get(e->body, "measures");
    for (size_t i = 0; status == OKO_OK && i < json_array_size(ids); i++) {
        status = add_case(c, text, json_integer_value(json_array_get(ids, i)), cases, err);
    }
    for (size_t i = 0; status == OKO_OK && i < json_array_size(codes); i++) {
        status = add_measure(c, json_string_value(json_array_get(codes, i)), measures, err);
    }
    return status;
}

oko_status oko_letter_model(const oko_cycle *c, int64_t id, json_t **ret_model, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *model = NULL;
    oko_unit u;
    char signer[200], sender[400], date[OKO_DATE_BYTES], deadline[OKO_DATE_BYTES];
    oko_settings s;
    oko_status status = oko_cycle_get(c, "recommendation", id, &e, err);
    status = status == OKO_OK ? oko_store_unit_get(c->store, e.head.unit, &u, err) : status;
    status = status == OKO_OK ? oko_settings_get(c->store, &s, err) : status;
    status = status == OKO_OK ? signer_of(c, &e, &s, signer, err) : status;
    status = status == OKO_OK ? sender_of(c, &e, &s, sender, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    const char *text = oko_body_str(e.body, "text"), *subject = oko_body_str(e.body, "subject");
    day(oko_body_str(e.body, "date"), date);
    day(e.head.due, deadline);
    model = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "number",
                      oko_body_str(e.body, "number"), "date", date, "addressee", oko_body_str(e.body, "addressee"),
                      "unit", u.name[0] != '\0' ? u.name : u.code, "subject", *subject != '\0' ? subject : e.head.title,
                      "text", text, "deadline", deadline, "sender", sender, "signer", signer, "state", e.head.state,
                      "paragraphs", paragraphs_of(text));
    status = model != NULL ? lists_of(c, &e, model, err) : no_memory(err);
    if (status == OKO_OK) {
        *ret_model = json_incref(model);
    }
    return status;
}
