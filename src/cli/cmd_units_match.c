/* oko units match: pairs of schools that may be one school under two logins. Suggests, changes nothing. */
#include "cli/cli.h"

#include "domain/unit_match.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_SCHOOLS = 200000, MAX_PAIRS = 1000 };
static const double LEAST = 0.6;

typedef struct schools {
    oko_unit *at;
    size_t n, cap;
} schools;

static oko_status add(void *ctx, const oko_unit *u)
{
    schools *s = ctx;
    oko_status status = oko_grow(&s->at, &s->cap, s->n + 1, sizeof(*s->at), MAX_SCHOOLS);
    if (status == OKO_OK)
        s->at[s->n++] = *u;
    return status;
}

static bool has_prefix(const oko_unit *u, const char *prefix)
{
    return strncmp(u->code, prefix, strlen(prefix)) == 0;
}

static void tell(oko_cli *cli, oko_table *t, json_t *array, const oko_unit *a, const oko_unit *b, double likeness)
{
    if (array != NULL) {
        json_t *o = json_object();
        oko_put_str(o, "code", a->code);
        oko_put_str(o, "name", a->name);
        oko_put_str(o, "other_code", b->code);
        oko_put_str(o, "other_name", b->name);
        oko_put_num(o, "likeness", likeness);
        oko_append(array, o);
        return;
    }
    const char *cells[] = { a->code, a->name, b->code, b->name, oko_cli_num(cli, likeness, 2) };
    oko_table_row(t, cells);
}

/* For every old login the likest new one; ascending code. */
static size_t match(oko_cli *cli, const schools *s, oko_table *t, json_t *array)
{
    size_t pairs = 0;
    for (size_t i = 0; i < s->n && pairs < MAX_PAIRS; i++) {
        const oko_unit *best = NULL;
        double likeness = LEAST;
        if (!has_prefix(&s->at[i], "sch"))
            continue;
        for (size_t k = 0; k < s->n; k++) {
            double here = has_prefix(&s->at[k], "edu") ? oko_unit_likeness(&s->at[i], &s->at[k]) : 0;
            if (here > likeness) {
                likeness = here;
                best = &s->at[k];
            }
        }
        if (best == NULL)
            continue;
        tell(cli, t, array, &s->at[i], best, likeness);
        pairs++;
    }
    return pairs;
}

oko_status oko_cmd_units_match(oko_cli *cli, oko_error *err)
{
    static const char *const heads[] = { "cli.head.code", "cli.head.name", "cli.head.other_code", "cli.head.other_name",
                                         "cli.head.likeness" };
    static const bool numeric[] = { false, false, false, false, true };
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    schools s = { .n = 0 };
    oko_status status = oko_cli_store(cli, false, true, &store, err);
    if (status == OKO_OK)
        status = oko_store_unit_walk(store, 0, OKO_LEVEL_SCHOOL, add, &s, err);
    if (status != OKO_OK) {
        oko_freep(&s.at);
        return status;
    }
    json_t *array = cli->json ? json_array() : NULL;
    oko_table *table = cli->json ? NULL : oko_table_new(cli, 5, heads, numeric);
    size_t pairs = match(cli, &s, table, array);
    oko_freep(&s.at);
    if (cli->json)
        return oko_cli_json(cli, array, err);
    if (pairs > 0)
        oko_table_print(table);
    oko_cli_say(cli, stderr, pairs > 0 ? "cli.match.next" : "cli.match.none");
    return OKO_OK;
}
