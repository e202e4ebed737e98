/* The owner of the database, or a person of it, at the command line. */
#include "cli/cycle_door.h"

#include "cycle/people.h"
#include "domain/date.h"
#include "http/cycle_door.h"

#include <errno.h>
#include <string.h>
#include <time.h>

oko_status oko_cli_actor(oko_cli *cli, oko_store *store, oko_actor *ret_actor, oko_error *err)
{
    oko_user user;
    const char *login = oko_cli_option(cli, "as");
    *ret_actor = oko_actor_owner();
    if (login == NULL)
        return OKO_OK;
    oko_status status = oko_store_user_find(store, login, &user, err);
    if (status == OKO_OK && user.state != OKO_USER_ACTIVE)
        status = oko_error_set(err, OKO_E_PERMISSION, "people.not_active", login);
    if (status == OKO_OK) {
        *ret_actor = oko_actor_of_user(&user);
        snprintf(ret_actor->address, sizeof(ret_actor->address), "local");
    }
    return status;
}

static oko_status find_day(oko_cli *cli, char *ret_day, oko_error *err)
{
    const char *given = oko_cli_option(cli, "day");
    time_t now = time(NULL);
    struct tm local = { 0 };
    if (given != NULL && !oko_date_valid(given))
        return oko_error_set(err, OKO_E_ARGUMENT, "cycle.date", "day");
    (void)localtime_r(&now, &local);
    (void)strftime(ret_day, OKO_DATE_BYTES, "%Y-%m-%d", &local);
    if (given != NULL)
        memcpy(ret_day, given, OKO_DATE_BYTES);
    return OKO_OK;
}

oko_status oko_cli_door_open(oko_cli *cli, oko_cli_door *door, oko_error *err)
{
    *door = (oko_cli_door){ .store = NULL };
    oko_status status = oko_cli_store(cli, false, false, &door->store, err);
    if (status == OKO_OK)
        status = oko_flows_open(&door->flows, err);
    if (status == OKO_OK)
        status = oko_contract_open((oko_str){ NULL, 0 }, &door->contract, err);
    if (status == OKO_OK)
        status = oko_cli_actor(cli, door->store, &door->actor, err);
    door->cycle = (oko_cycle){ .store = door->store,
                               .flows = door->flows,
                               .actor = &door->actor,
                               .check = oko_door_check,
                               .check_ctx = door->contract };
    return status == OKO_OK ? find_day(cli, door->cycle.today, err) : status;
}

void oko_cli_door_close(oko_cli_door *door)
{
    oko_contract_free(door->contract);
    oko_flows_free(door->flows);
    oko_store_close(door->store);
}

oko_status oko_cli_door_look(oko_cli_door *door, const char *kind, int64_t id, oko_error *err)
{
    char action[64], object[64] = "";
    snprintf(action, sizeof(action), "%s.look", kind);
    if (id != 0)
        snprintf(object, sizeof(object), "%s/%lld", kind, (long long)id);
    return oko_audit_note(door->store, &door->actor, action, object, 0, NULL, err);
}

static json_t *value_of(const char *text)
{
    json_t *value = json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
    /* A string of digits such as a date never is JSON; a quoted string is one. */
    return value != NULL ? value : json_string(text);
}

oko_status oko_cli_members(oko_cli *cli, int from, json_t **ret_object, oko_error *err)
{
    json_t *o = json_object();
    for (int i = from; i < cli->argc; i++) {
        const char *equals = strchr(cli->argv[i], '=');
        if (equals == NULL || equals == cli->argv[i]) {
            json_decref(o);
            return oko_error_set(err, OKO_E_ARGUMENT, "case.cli.member", cli->argv[i]);
        }
        const char *name = oko_arena_str(cli->arena, (oko_str){ cli->argv[i], (size_t)(equals - cli->argv[i]) });
        if (name == NULL || json_object_set_new(o, name, value_of(equals + 1)) != 0) {
            json_decref(o);
            return oko_error_set(err, OKO_E_ARGUMENT, "case.cli.member", cli->argv[i]);
        }
    }
    *ret_object = o;
    return o != NULL ? OKO_OK : oko_error_set(err, OKO_E_MEMORY, "", "");
}

oko_status oko_cli_record_id(oko_cli *cli, int i, int64_t *ret_id, oko_error *err)
{
    if (!oko_str_to_int(oko_str_of(cli->argv[i]), ret_id) || *ret_id <= 0)
        return oko_error_set(err, OKO_E_NOT_FOUND, "cycle.record", cli->argv[i]);
    return OKO_OK;
}

oko_status oko_cli_door_unit(oko_cli *cli, oko_cli_door *door, int64_t *ret_unit, oko_error *err)
{
    const char *code = oko_cli_option(cli, "unit");
    oko_unit unit;
    *ret_unit = 0;
    if (code == NULL)
        return OKO_OK;
    oko_status status = oko_cli_unit(cli, door->store, code, &unit, err);
    *ret_unit = status == OKO_OK ? unit.id : 0;
    return status;
}

oko_status oko_cli_write_out(oko_cli *cli, const char *bytes, size_t len, oko_error *err)
{
    const char *path = oko_cli_option(cli, "out");
    FILE *file = path != NULL ? fopen(path, "wb") : stdout;
    if (file == NULL)
        return oko_error_set(err, errno == EACCES ? OKO_E_PERMISSION : OKO_E_IO, "", path);
    bool whole = fwrite(bytes, 1, len, file) == len;
    if (path != NULL)
        whole = fclose(file) == 0 && whole;
    return whole ? OKO_OK : oko_error_set(err, OKO_E_IO, "", path != NULL ? path : "");
}
