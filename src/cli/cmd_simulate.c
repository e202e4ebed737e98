/* oko simulate --out DIR: the demonstration region as files, or changes planted into a table (--into FILE). */
#include "cli/cmd_simulate.h"

#include "demo/demo.h"

#include <string.h>

static oko_status bad_plant(const char *word, oko_error *err)
{
    (void)oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_plant", "plant");
    oko_error_arg(err, "%s", word);
    return OKO_E_ARGUMENT;
}

/* One word of --plant: KIND or KIND:STRENGTH. */
static oko_status read_plant(oko_str word, const char *shown, double strength[OKO_PLANT_COUNT], oko_error *err)
{
    double value = 1;
    oko_str name = word;
    const char *colon = memchr(word.ptr, ':', word.len);
    if (colon != NULL) {
        name.len = (size_t)(colon - word.ptr);
        oko_str rest = { colon + 1, word.len - name.len - 1 };
        if (!oko_str_to_double(rest, &value) || !(value > 0 && value <= 10))
            return bad_plant(shown, err);
    }
    bool all = oko_str_equal(name, oko_str_of("all"));
    bool known = all;
    for (int k = OKO_PLANT_NONE + 1; k < OKO_PLANT_COUNT; k++) {
        if ((all && k != OKO_PLANT_MASS) || oko_str_equal(name, oko_str_of(oko_plant_name((oko_plant)k)))) {
            strength[k] = value;
            known = true;
        }
    }
    return known ? OKO_OK : bad_plant(shown, err);
}

/* --plant KIND[:STRENGTH],… instead of the usual kinds; «all» is all but mass; «mass» by itself is half of the schools.
 */
static oko_status read_plants(const oko_cli *cli, oko_world_options *o, oko_error *err)
{
    const char *list = oko_cli_option(cli, "plant");
    if (list == NULL)
        return OKO_OK;
    memset(o->strength, 0, sizeof o->strength);
    for (const char *at = list;; at++) {
        size_t len = strcspn(at, ",");
        oko_status status = read_plant((oko_str){ at, len }, list, o->strength, err);
        if (status != OKO_OK)
            return status;
        at += len;
        if (*at == '\0')
            break;
    }
    o->mass = o->strength[OKO_PLANT_MASS] > 0 ? .5 : 0;
    return OKO_OK;
}

static oko_status read_options(oko_cli *cli, oko_demo_options *o, oko_error *err)
{
    int64_t seed = (int64_t)o->world.seed, schools = o->world.schools, municipalities = o->world.municipalities;
    oko_status status = oko_cli_option_int(cli, "seed", 0, INT64_C(1) << 53, &seed, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "schools", 1, 5000, &schools, err);
    if (status == OKO_OK)
        status = oko_cli_option_int(cli, "municipalities", 1, 500, &municipalities, err);
    if (status == OKO_OK)
        status = oko_cli_option_num(cli, "planted", 0, 1, &o->world.planted, err);
    if (o->world.planted <= 0)
        o->world.whole_school = 0;
    if (status == OKO_OK)
        status = read_plants(cli, &o->world, err);
    if (status == OKO_OK)
        status = oko_cli_option_num(cli, "mass", 0, 1, &o->world.mass, err);
    if (status == OKO_OK && municipalities > schools)
        return oko_error_set(err, OKO_E_ARGUMENT, "cli.too_many_municipalities", "municipalities");
    o->world.seed = (uint64_t)seed;
    o->world.schools = (int)schools;
    o->world.municipalities = (int)municipalities;
    o->progress = oko_cli_progress(cli);
    return status;
}

/* Kinds that belong to one test of a class or a school; a region's mass has no meaning in a table. */
static oko_status plant_into(oko_cli *cli, const char *into, const char *out, const oko_world_options *o,
                             oko_error *err)
{
    if (o->mass > 0)
        return bad_plant("mass", err);
    oko_status status = simulate_into(cli, into, out, o, err);
    if (status != OKO_OK || !cli->json)
        return status;
    json_t *object = json_object();
    oko_put_str(object, "out", out);
    oko_put_str(object, "into", into);
    oko_put_int(object, "seed", (int64_t)o->seed);
    oko_put_num(object, "planted", o->planted);
    return oko_cli_json(cli, object, err);
}

oko_status oko_cmd_simulate(oko_cli *cli, oko_error *err)
{
    oko_demo_options options = OKO_DEMO_OPTIONS_INIT;
    const char *out = oko_cli_option(cli, "out");
    if (out == NULL || out[0] == '\0')
        return oko_error_set(err, OKO_E_ARGUMENT, "cli.simulate_out", "out");
    oko_status status = read_options(cli, &options, err);
    const char *into = oko_cli_option(cli, "into");
    if (into != NULL)
        return status == OKO_OK ? plant_into(cli, into, out, &options.world, err) : status;
    if (status == OKO_OK)
        status = oko_demo_write(out, &options, err);
    oko_cli_progress_end(cli);
    if (status != OKO_OK)
        return status;
    if (!cli->json) {
        OKO_CLI_SAY(cli, stderr, "cli.simulate.done", OKO_S("dir", out), OKO_I("schools", options.world.schools),
                    OKO_S("seed", oko_cli_id(cli, (int64_t)options.world.seed)));
        return OKO_OK;
    }
    json_t *o = json_object();
    oko_put_str(o, "out", out);
    oko_put_int(o, "seed", (int64_t)options.world.seed);
    oko_put_int(o, "schools", options.world.schools);
    oko_put_int(o, "municipalities", options.world.municipalities);
    oko_put_num(o, "planted", options.world.planted);
    oko_put_num(o, "mass", options.world.mass);
    return oko_cli_json(cli, o, err);
}
