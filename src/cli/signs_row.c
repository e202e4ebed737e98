/* One row of evidence: read from a result, written as CSV or JSON with all its digits. */
#include "cli/signs.h"

#include <math.h>
#include <string.h>

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
    oko_buffer_str(out, ",\"lfdr\":");
    put_number(out, oko_sign_number(row, "lfdr"), "null");
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
