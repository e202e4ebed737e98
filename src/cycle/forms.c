/* Forms: which fields a form has, and what may stand in them. */
#include "cycle/forms.h"

#include "cycle/nouns.h"
#include "reference/embedded.h"
#include "reference/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

oko_status oko_form_fields(json_t **ret_fields, oko_error *err)
{
    oko_str text;
    OKO_CLEANUP(oko_json_freep) json_t *file = NULL;
    if (!oko_embedded_find("cycle/form-fields.json", &text)) {
        return oko_error_set(err, OKO_E_INTERNAL, "", "form-fields.json");
    }
    oko_status status = oko_json_parse(text, "form-fields.json", &file, err);
    if (status == OKO_OK) {
        *ret_fields = json_incref(json_object_get(file, "fields"));
    }
    return status;
}

const json_t *oko_form_field(const json_t *fields, const char *code)
{
    size_t i;
    json_t *f;
    json_array_foreach((json_t *)(uintptr_t)fields, i, f)
    {
        const char *own = json_string_value(json_object_get(f, "code"));
        if (own != NULL && strcmp(own, code) == 0) {
            return f;
        }
    }
    return NULL;
}

static bool listed(const json_t *codes, const char *code)
{
    size_t i;
    json_t *c;
    json_array_foreach((json_t *)(uintptr_t)codes, i, c)
    {
        if (json_is_string(c) && strcmp(json_string_value(c), code) == 0) {
            return true;
        }
    }
    return false;
}

static bool whole(const json_t *v)
{
    const double x = json_number_value(v);
    return json_is_number(v) && x >= 0 && x <= 1e9 && x == floor(x);
}

/* NULL when the value may stand in the field, else the message key of why not. */
static const char *value_fault(const json_t *field, const json_t *value, const json_t *values)
{
    const char *type = json_string_value(json_object_get(field, "type"));
    const char *of = json_string_value(json_object_get(field, "of"));
    if (json_is_null(value)) {
        return NULL;
    }
    if (type != NULL && strcmp(type, "yesno") == 0) {
        return json_is_boolean(value) ? NULL : "form.yesno";
    }
    if (!whole(value)) {
        return "form.count";
    }
    const json_t *all = of != NULL ? json_object_get(values, of) : NULL;
    return json_is_number(all) && json_number_value(value) > json_number_value(all) ? "form.part" : NULL;
}

const char *oko_form_fault(const json_t *fields, const json_t *form_fields, const char *code, const json_t *values)
{
    const json_t *field = listed(form_fields, code) ? oko_form_field(fields, code) : NULL;
    return field == NULL ? "form.unknown" : value_fault(field, json_object_get(values, code), values);
}

oko_status oko_form_check(const json_t *fields, const json_t *form_fields, const json_t *values, oko_error *err)
{
    const char *code;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)values, code, value)
    {
        const char *fault = oko_form_fault(fields, form_fields, code, values);
        if (fault != NULL) {
            return oko_error_set(err, OKO_E_ARGUMENT, fault, code);
        }
    }
    return OKO_OK;
}

bool oko_form_waits(const oko_entry *e)
{
    return strcmp(e->head.state, "draft") == 0 || strcmp(e->head.state, "returned") == 0;
}

bool oko_form_late(const oko_entry *e, const char *today)
{
    return oko_form_waits(e) && e->head.due[0] != '\0' && strcmp(e->head.due, today) < 0;
}

int oko_form_filled(const oko_entry *e)
{
    const char *code;
    json_t *value;
    int n = 0;
    json_object_foreach(json_object_get(e->body, "values"), code, value)
    {
        n += !json_is_null(value);
    }
    return n;
}

/* ---- hooks ---- */

static oko_status campaign_state(const oko_cycle *c, const oko_entry *e, char ret_state[OKO_RECORD_STATE_BYTES],
                                 oko_error *err)
{
    const oko_actor owner = oko_actor_owner();
    oko_cycle all = *c;
    all.actor = &owner; /* whether it is open is no secret from those who fill its forms */
    OKO_CLEANUP(oko_entry_clear) oko_entry campaign = { 0 };
    oko_status status =
        oko_cycle_get(&all, "campaign", json_integer_value(json_object_get(e->body, "campaign")), &campaign, err);
    if (status == OKO_OK) {
        memcpy(ret_state, campaign.head.state, OKO_RECORD_STATE_BYTES);
    }
    return status;
}

oko_status oko_form_campaign_open(const oko_cycle *c, const oko_entry *e, oko_error *err)
{
    char state[OKO_RECORD_STATE_BYTES] = "";
    oko_status status = campaign_state(c, e, state, err);
    return status == OKO_OK && strcmp(state, "open") != 0
               ? oko_error_set(err, OKO_E_CONFLICT, "form.campaign_closed", "campaign")
               : status;
}

static oko_status changing(const oko_cycle *c, oko_entry *e, oko_error *err)
{
    OKO_CLEANUP(oko_json_freep) json_t *fields = NULL;
    oko_status status = oko_form_campaign_open(c, e, err);
    status = status == OKO_OK ? oko_form_fields(&fields, err) : status;
    return status == OKO_OK
               ? oko_form_check(fields, json_object_get(e->body, "fields"), json_object_get(e->body, "values"), err)
               : status;
}

/* Every field has a value, or there are words on why not. */
static oko_status complete(const oko_entry *e, oko_error *err)
{
    const json_t *values = json_object_get(e->body, "values");
    const char *explanation = json_string_value(json_object_get(e->body, "explanation"));
    size_t i;
    json_t *code;
    json_array_foreach(json_object_get(e->body, "fields"), i, code)
    {
        const json_t *v = json_object_get(values, json_string_value(code));
        if ((v == NULL || json_is_null(v)) && (explanation == NULL || *explanation == '\0')) {
            return oko_error_set(err, OKO_E_ARGUMENT, "form.empty_field", json_string_value(code));
        }
    }
    return OKO_OK;
}

/* What was handed in may still be looked through after the closing; nothing comes in any more, and what is published
 * stays. */
static oko_status acting(const oko_cycle *c, oko_entry *e, const oko_flow_action *a, json_t *input, oko_error *err)
{
    (void)input;
    char state[OKO_RECORD_STATE_BYTES] = "";
    const bool looks = strcmp(a->name, "verify") == 0 || strncmp(a->name, "accept", 6) == 0;
    oko_status status = campaign_state(c, e, state, err);
    if (status == OKO_OK && strcmp(state, "open") != 0 && !(looks && strcmp(state, "closed") == 0)) {
        return oko_error_set(err, OKO_E_CONFLICT, "form.campaign_closed", "campaign");
    }
    const bool hands_in = strcmp(a->name, "submit") == 0 || strcmp(a->name, "substitute") == 0;
    return status == OKO_OK && hands_in ? complete(e, err) : status;
}

const oko_noun oko_noun_form = { .kind = "form", .changing = changing, .acting = acting };
