/* What oko signs --explain says of the inflation of a region. */
#include "cli/signs.h"

#include <math.h>
#include <string.h>

typedef struct loader {
    json_t *found; /* procedure → details with "why" */
} loader;

static oko_status take(void *ctx, const oko_result *r)
{
    loader *l = ctx;
    json_t *details = oko_json_text(r->details);
    if (details == NULL)
        return OKO_E_MEMORY;
    json_object_set_new(details, "computed", json_boolean(r->state == OKO_RESULT_OK));
    if (r->state != OKO_RESULT_OK)
        oko_put_str(details, "why", r->why);
    return json_object_set_new(l->found, r->procedure, details) == 0 ? OKO_OK : OKO_E_MEMORY;
}

oko_status oko_inflation_load(oko_store *store, int64_t run, int64_t unit, json_t **ret_found, oko_error *err)
{
    loader l = { .found = json_object() };
    const oko_result_query query = {
        .run = run, .unit = unit, .rule = OKO_RULE_INFLATION, .level = OKO_LEVEL_COUNT, .with_merged = true
    };
    oko_status status = l.found != NULL ? oko_store_result_walk(store, &query, take, &l, err) : OKO_E_MEMORY;
    if (status != OKO_OK) {
        json_decref(l.found);
        return status;
    }
    *ret_found = l.found;
    return OKO_OK;
}

static double at(const json_t *estimate, size_t i)
{
    const json_t *value = json_array_get(estimate, i);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static int64_t whole(const json_t *o, const char *key)
{
    return (int64_t)json_integer_value(json_object_get(o, key));
}

static void say_estimate(oko_cli *cli, const char *id, const char *of, const json_t *e, double factor, int decimals)
{
    printf("    ");
    OKO_CLI_SAY(cli, stdout, id, OKO_S("of", of), OKO_S("value", oko_cli_num(cli, factor * at(e, 0), decimals)),
                OKO_S("lo", oko_cli_num(cli, factor * at(e, 1), decimals)),
                OKO_S("hi", oko_cli_num(cli, factor * at(e, 2), decimals)));
}

static void say_part(oko_cli *cli, const json_t *f, const json_t *part, bool adjusted)
{
    const json_t *marks = json_object_get(part, "marks");
    printf("  ");
    OKO_CLI_SAY(cli, stdout, adjusted ? "inflation.adjusted" : "inflation.plain",
                OKO_S("value", oko_cli_num(cli, at(marks, 0), 2)), OKO_S("lo", oko_cli_num(cli, at(marks, 1), 2)),
                OKO_S("hi", oko_cli_num(cli, at(marks, 2), 2)),
                OKO_S("observed", oko_cli_num(cli, json_number_value(json_object_get(part, "observed")), 2)),
                OKO_S("expected", oko_cli_num(cli, json_number_value(json_object_get(part, "expected")), 2)),
                OKO_I("reference", whole(part, "reference_schools")), OKO_I("others", whole(part, "other_schools")));
    if (!adjusted)
        return;
    const json_t *share = json_object_get(part, "share"), *lifted = json_object_get(part, "lifted");
    for (size_t k = 0; k < json_array_size(share); k++)
        say_estimate(cli, "inflation.share", oko_cli_int(cli, whole(f, "first_mark") + (int64_t)k),
                     json_array_get(share, k), 100, 1);
    for (size_t k = 0; k < json_array_size(lifted); k++)
        say_estimate(cli, "inflation.lifted",
                     oko_cli_int(cli, (int64_t)json_integer_value(json_array_get(json_object_get(f, "cutoffs"), k))),
                     json_array_get(lifted, k), 1, 0);
}

void oko_inflation_say(oko_cli *cli, const json_t *f)
{
    const char *why = json_string_value(json_object_get(f, "why"));
    const json_t *plain = json_object_get(f, "plain"), *adjusted = json_object_get(f, "adjusted");
    const char *adjusted_why = json_string_value(json_object_get(adjusted, "why"));
    if (!json_is_true(json_object_get(f, "computed"))) {
        printf("  ");
        OKO_CLI_SAY(cli, stdout, why != NULL ? why : "inflation.no_reference",
                    OKO_I("schools", whole(plain, "reference_schools")),
                    OKO_I("works", whole(plain, "reference_works")));
        return;
    }
    if (adjusted_why != NULL && strcmp(adjusted_why, "computed") == 0) {
        say_part(cli, f, adjusted, true);
        say_part(cli, f, plain, false);
        return;
    }
    say_part(cli, f, plain, false);
    printf("  ");
    oko_cli_say(cli, stdout, "inflation.no_evidence");
}
