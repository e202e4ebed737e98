/* One row of evidence: read from a result, written as CSV or JSON with all its digits. */
#include "cli/signs.h"

#include <math.h>
#include <string.h>

static double member(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static const char *code_above(const oko_register *reg, int64_t unit, oko_level level)
{
    const oko_place *place = oko_register_above(reg, unit, level);
    return place != NULL ? place->code : "";
}

void oko_sign_row_read(const oko_result *result, const oko_register *reg, oko_sign_row *ret_row)
{
    json_t *details = oko_json_text(result->details);
    const char *label = json_string_value(json_object_get(details, "class"));
    const char *evidence = json_string_value(json_object_get(details, "evidence"));
    const json_t *families = json_object_get(details, "families");
    *ret_row = (oko_sign_row){ .result = result,
                               .municipality = code_above(reg, result->unit, OKO_LEVEL_MUNICIPALITY),
                               .school = code_above(reg, result->unit, OKO_LEVEL_SCHOOL),
                               .class_label = label != NULL ? label : "",
                               .evidence = OKO_EVIDENCE_NO_DATA,
                               .details = details };
    if (evidence != NULL)
        (void)oko_evidence_parse(evidence, &ret_row->evidence);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        const json_t *family = json_object_get(families, oko_family_name((oko_family)f));
        ret_row->p[f] = member(family, "p");
        ret_row->log_p[f] = member(family, "log_p");
        ret_row->top[f] = json_string_value(json_object_get(family, "top"));
    }
}

void oko_sign_row_clear(oko_sign_row *row)
{
    json_decref(row->details);
    *row = (oko_sign_row){ 0 };
}

/* ---- numbers ---- */

/* All digits, a point in every locale. */
static void put_digits(oko_buffer *out, const char *format, double value)
{
    char digits[48];
    snprintf(digits, sizeof(digits), strcmp(format, "g") == 0 ? "%.17g" : "%.15f", value);
    char *comma = strchr(digits, ',');
    if (comma != NULL)
        *comma = '.';
    oko_buffer_str(out, digits);
}

static void put_number(oko_buffer *out, double value, const char *missing)
{
    if (isfinite(value))
        put_digits(out, "g", value == 0 ? 0.0 : value);
    else
        oko_buffer_str(out, missing);
}

/* A p that is too small for a double is written from its logarithm: 3.1…e-412. */
static void put_p(oko_buffer *out, double p, double log_p, const char *missing)
{
    if (!(p < 1e-300) || !isfinite(log_p)) {
        put_number(out, p, missing);
        return;
    }
    double decimal = log_p / log(10), exponent = floor(decimal);
    put_digits(out, "f", fmin(pow(10, decimal - exponent), 9.999999999999999));
    oko_buffer_printf(out, "e%ld", (long)exponent);
}

/* ---- rows ---- */

static void put_cell(oko_buffer *out, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        oko_buffer_str(out, text);
        return;
    }
    oko_buffer_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            oko_buffer_char(out, '"');
        oko_buffer_char(out, *text);
    }
    oko_buffer_char(out, '"');
}

void oko_sign_row_csv(const oko_sign_row *row, oko_buffer *out)
{
    const oko_result *r = row->result;
    const char *const texts[] = { r->procedure, row->municipality, row->school, row->class_label };
    for (int i = 0; i < 4; i++) {
        put_cell(out, texts[i]);
        oko_buffer_char(out, ',');
    }
    oko_buffer_printf(out, "%lld,", (long long)r->n);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        put_p(out, row->p[f], row->log_p[f], "");
        oko_buffer_char(out, ',');
    }
    put_p(out, r->p, r->log_p, "");
    oko_buffer_char(out, ',');
    put_number(out, r->q, "");
    oko_buffer_printf(out, ",%s,", oko_evidence_name(row->evidence));
    put_number(out, r->effect, "");
    oko_buffer_char(out, '\n');
}

/* A text as a JSON string, null when it is empty. */
static void put_json_text(oko_buffer *out, const char *key, const char *text)
{
    oko_buffer_printf(out, "\"%s\":", key);
    json_t *value = text[0] != '\0' ? json_string(text) : NULL;
    char *dumped = value != NULL ? json_dumps(value, JSON_ENCODE_ANY) : NULL;
    oko_buffer_str(out, dumped != NULL ? dumped : "null");
    oko_buffer_char(out, ',');
    free(dumped);
    json_decref(value);
}

void oko_sign_row_json(const oko_sign_row *row, oko_buffer *out)
{
    const oko_result *r = row->result;
    oko_buffer_char(out, '{');
    put_json_text(out, "procedure", r->procedure);
    put_json_text(out, "municipality", row->municipality);
    put_json_text(out, "school", row->school);
    put_json_text(out, "class", row->class_label);
    oko_buffer_printf(out, "\"n\":%lld,", (long long)r->n);
    for (int f = 0; f < OKO_FAMILY_COUNT; f++) {
        oko_buffer_printf(out, "\"p_%s\":", oko_family_name((oko_family)f));
        put_p(out, row->p[f], row->log_p[f], "null");
        oko_buffer_char(out, ',');
    }
    oko_buffer_str(out, "\"p\":");
    put_p(out, r->p, r->log_p, "null");
    oko_buffer_str(out, ",\"q\":");
    put_number(out, r->q, "null");
    oko_buffer_printf(out, ",\"evidence\":\"%s\",\"effect_marks\":", oko_evidence_name(row->evidence));
    put_number(out, r->effect, "null");
    oko_buffer_char(out, '}');
}

json_t *oko_sign_row_object(const oko_sign_row *row)
{
    OKO_CLEANUP(oko_buffer_free) oko_buffer text = { 0 };
    oko_buffer_init(&text, 1 << 16);
    oko_sign_row_json(row, &text);
    return oko_json_text(text.ptr);
}
