/* oko demo --out DIR: a region that has lived through three years of the roadmap, with people of every role. */
#include "cli/cli.h"

#include "cycle/people.h"
#include "cycle/setup.h"
#include "demo/demo.h"
#include "domain/date.h"
#include "http/cycle_door.h"
#include "http/jobs.h"
#include "http/router.h"
#include "http/story.h"
#include "http/upload.h"
#include "intake/import.h"
#include "reference/embedded.h"
#include "reference/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char demo_password[] = "oko-demo-2022";

enum { PATH_BYTES = 1024 };

typedef struct demo {
    oko_cli *cli;
    oko_service *service;
    char files[PATH_BYTES], db[PATH_BYTES];
    json_t *variables;
    oko_procedure third[OKO_DEMO_THIRD_YEAR];
    oko_error *err;
} demo;

/* ---- people ---- */

static oko_status add_person(oko_store *store, const char *login, const char *name, oko_role role, int64_t unit,
                             const char *hash, oko_error *err)
{
    const oko_actor owner = oko_actor_owner();
    oko_user u = { .role = role, .unit = unit, .state = OKO_USER_ACTIVE, .lang = "ru" }, now;
    (void)oko_str_copy(u.login, sizeof u.login, oko_str_of(login));
    (void)oko_str_copy(u.name, sizeof u.name, oko_str_of(name));
    (void)oko_str_copy(u.password, sizeof u.password, oko_str_of(hash));
    return oko_people_put(store, &owner, &u, &now, err);
}

typedef struct peopling {
    demo *d;
    oko_store *store;
    const char *hash;
    json_t *municipalities, *schools;
    int64_t region;
} peopling;

/* "МО 01" → "mun01"; a school signs in by its own login. */
static oko_status add_unit_person(void *ctx, const oko_unit *u)
{
    peopling *p = ctx;
    char login[OKO_LOGIN_BYTES];
    if (u->level == OKO_LEVEL_REGION) {
        p->region = u->id;
        return OKO_OK;
    }
    const bool school = u->level == OKO_LEVEL_SCHOOL;
    if (u->level != OKO_LEVEL_MUNICIPALITY && !school) {
        return OKO_OK;
    }
    if (school) {
        (void)snprintf(login, sizeof login, "%.60s", u->code);
    } else {
        (void)snprintf(login, sizeof login, "mun%02zu", json_array_size(p->municipalities) + 1);
    }
    json_t *list = school ? p->schools : p->municipalities;
    json_t *o =
        json_pack("{s:I, s:I, s:s, s:s, s:s, s:I}", "no", (json_int_t)json_array_size(list), "id", (json_int_t)u->id,
                  "code", u->code, "name", u->name, "login", login, "parent", (json_int_t)u->parent);
    if (o == NULL || json_array_append_new(list, o) != 0) {
        return OKO_E_MEMORY;
    }
    return add_person(p->store, login, u->name, school ? OKO_ROLE_SCHOOL : OKO_ROLE_MUNICIPAL, u->id, p->hash,
                      p->d->err);
}

static oko_status add_staff(peopling *p)
{
    static const struct {
        const char *login, *name;
        oko_role role;
        bool whole; /* of the whole register */
    } staff[] = {
        { "operator", "Специалист РЦОКО", OKO_ROLE_OPERATOR, false },
        { "head", "Руководитель РЦОКО", OKO_ROLE_HEAD, false },
        { "auditor", "Аудитор", OKO_ROLE_AUDITOR, false },
        { "observer", "Независимый наблюдатель", OKO_ROLE_OBSERVER, false },
        { "admin", "Администратор", OKO_ROLE_ADMIN, true },
    };
    oko_status status = OKO_OK;
    for (size_t i = 0; i < sizeof staff / sizeof *staff && status == OKO_OK; i++) {
        status = add_person(p->store, staff[i].login, staff[i].name, staff[i].role, staff[i].whole ? 0 : p->region,
                            p->hash, p->d->err);
    }
    return status;
}

static oko_status add_people(demo *d)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    char hash[OKO_PASSWORD_HASH_BYTES];
    peopling p = { .d = d, .hash = hash, .municipalities = json_array(), .schools = json_array() };
    oko_status status = oko_password_hash(demo_password, hash);
    status = status == OKO_OK ? oko_cli_store(d->cli, true, false, &store, d->err) : status;
    p.store = store;
    status = status == OKO_OK ? oko_store_begin(store, d->err) : status;
    status = status == OKO_OK ? oko_store_unit_walk(store, 0, OKO_LEVEL_COUNT, add_unit_person, &p, d->err) : status;
    status = status == OKO_OK ? add_staff(&p) : status;
    status = status == OKO_OK ? oko_store_commit(store, d->err) : status;
    (void)json_object_set_new(d->variables, "municipalities", p.municipalities);
    (void)json_object_set_new(d->variables, "schools", p.schools);
    (void)json_object_set_new(d->variables, "region", json_integer((json_int_t)p.region));
    return status;
}

/* ---- calls in the process ---- */

static const char *match_header(void *ctx, const char *name)
{
    const char *version = ctx;
    if (strcmp(name, "If-Match") == 0 && *version != '\0') {
        return version;
    }
    return NULL;
}

static oko_status find_actor(demo *d, const char *login, oko_actor *ret_actor)
{
    oko_store *reader = NULL;
    oko_user user;
    oko_status status = oko_service_reader(d->service, &reader, d->err);
    status = status == OKO_OK ? oko_store_user_find(reader, login, &user, d->err) : status;
    oko_service_reader_back(d->service, reader);
    if (status == OKO_OK) {
        *ret_actor = oko_actor_of_user(&user);
        (void)snprintf(ret_actor->address, sizeof ret_actor->address, "local");
    }
    return status;
}

/* Noon of the day of the story; now when it names none. */
static time_t noon(const char *on)
{
    struct tm tm = { .tm_hour = 12, .tm_isdst = -1 };
    if (sscanf(on, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday) != 3) {
        return time(NULL);
    }
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    return mktime(&tm);
}

static oko_status copy_upload(demo *d, const char *name, oko_upload *ret_upload)
{
    char path[2 * PATH_BYTES], chunk[65536];
    oko_upload_writer *w = NULL;
    (void)snprintf(path, sizeof path, "%s/%s", d->files, name);
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return oko_error_set(d->err, OKO_E_NOT_FOUND, "", name);
    }
    oko_status status = oko_upload_begin(d->service->folder, NULL, name, INT64_C(1) << 30, &w, d->err);
    ssize_t n = 1;
    while (status == OKO_OK && (n = read(fd, chunk, sizeof chunk)) > 0) {
        status = oko_upload_write(w, chunk, (size_t)n, d->err);
    }
    (void)close(fd);
    if (status == OKO_OK && n == 0) {
        return oko_upload_end(w, ret_upload, d->err);
    }
    oko_upload_drop(w);
    return status != OKO_OK ? status : oko_error_set(d->err, OKO_E_IO, "", name);
}

static oko_status perform(demo *d, oko_request *rq, const oko_story_call *call, oko_story_answer *ret_answer)
{
    oko_reply reply = { .status = 0 };
    OKO_CLEANUP(oko_freep) char *body = call->body != NULL ? json_dumps(call->body, JSON_COMPACT) : NULL;
    if (call->file == NULL) {
        oko_route_whole(rq, oko_str_of(body), &reply);
    } else if (oko_route_begin(rq, &reply)) {
        oko_status status = copy_upload(d, call->file, &rq->upload);
        if (status != OKO_OK) {
            return status;
        }
        oko_route_finish(rq, &reply);
    }
    ret_answer->status = reply.status != 0 ? reply.status : 200;
    if (reply.bytes != NULL && reply.len > 0) {
        ret_answer->body = json_loadb(reply.bytes, reply.len, 0, NULL);
    } else if (reply.json != NULL) {
        ret_answer->body = json_incref(reply.json);
    }
    oko_reply_clear(&reply);
    return OKO_OK;
}

static oko_status send_call(void *ctx, const oko_story_call *call, oko_story_answer *ret_answer, oko_error *err)
{
    demo *d = ctx;
    OKO_CLEANUP(oko_arena_freep) oko_arena *arena = NULL;
    char version[32] = "";
    oko_actor actor;
    oko_status status = oko_arena_new(0, &arena);
    if (status != OKO_OK) {
        return oko_error_set(err, status, "", "");
    }
    status = find_actor(d, call->as, &actor);
    if (status != OKO_OK) {
        return status;
    }
    if (call->version > 0) {
        (void)snprintf(version, sizeof version, "\"%lld\"", (long long)call->version);
    }
    const char *target = oko_arena_printf(arena, "%s%s", oko_contract_root(d->service->contract), call->path);
    oko_request rq = { .service = d->service, .arena = arena, .now = noon(call->on) };
    rq.in = (oko_incoming){ .method = call->method,
                            .target = oko_str_of(target),
                            .header = match_header,
                            .header_ctx = version,
                            .address = "local",
                            .local = true,
                            .as = &actor };
    status = perform(d, &rq, call, ret_answer);
    oko_request_clear(&rq);
    return status;
}

/* ---- the whole ---- */

static oko_status write_files(demo *d, int schools, int municipalities, uint64_t seed)
{
    oko_demo_options o = OKO_DEMO_OPTIONS_INIT;
    o.world.seed = seed;
    o.world.schools = schools;
    o.world.municipalities = municipalities;
    o.progress = oko_cli_progress(d->cli);
    oko_status status = oko_demo_write(d->files, &o, d->err);
    return status == OKO_OK ? oko_demo_write_third_year(d->files, &o, d->third, d->err) : status;
}

/* The procedures of the third year are made up: no list of built-in ones has them. */
static oko_status add_procedures(demo *d)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_status status = oko_cli_store(d->cli, true, false, &store, d->err);
    for (int i = 0; i < OKO_DEMO_THIRD_YEAR && status == OKO_OK; i++) {
        int64_t id;
        oko_change change;
        status = oko_store_procedure_put(store, &d->third[i], &id, &change, d->err);
    }
    return status;
}

static oko_status import_register(demo *d)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    oko_import_options o = OKO_IMPORT_OPTIONS_INIT;
    oko_import_report report = { .import = 0 };
    char path[2 * PATH_BYTES], *hint = NULL;
    (void)snprintf(path, sizeof path, "%s/units.csv", d->files);
    oko_status status = oko_cli_store(d->cli, true, false, &store, d->err);
    status = status == OKO_OK ? oko_import_file(store, path, &o, &report, &hint, d->err) : status;
    if (status == OKO_OK) {
        oko_import_report_clear(&report);
    }
    free(hint);
    return status;
}

/* ${today}, ${in7}, …: what is under way has its deadlines ahead, whenever the demonstration is made. */
static oko_status add_days(demo *d)
{
    static const struct {
        const char *name;
        int days;
    } all[] = { { "today", 0 }, { "in7", 7 }, { "in14", 14 }, { "in30", 30 } };
    char today[OKO_DATE_BYTES], day[OKO_DATE_BYTES];
    oko_door_day(time(NULL), today);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!oko_date_add(today, all[i].days, day) ||
            json_object_set_new(d->variables, all[i].name, json_string(day)) != 0) {
            return oko_error_set(d->err, OKO_E_MEMORY, "", "");
        }
    }
    return json_object_set_new(d->variables, "year", json_integer(strtol(today, NULL, 10))) == 0
               ? OKO_OK
               : oko_error_set(d->err, OKO_E_MEMORY, "", "");
}

static oko_status tell(demo *d, const char *name)
{
    oko_str text;
    OKO_CLEANUP(oko_json_freep) json_t *story = NULL;
    oko_story_result result;
    if (!oko_embedded_find(name, &text)) {
        return oko_error_set(d->err, OKO_E_INTERNAL, "", name);
    }
    oko_status status = oko_json_parse(text, name, &story, d->err);
    return status == OKO_OK
               ? oko_story_tell(json_object_get(story, "steps"), d->variables, send_call, d, &result, d->err)
               : status;
}

/* Three years of the roadmap, then what is under way today, so that everybody who signs in finds something to do. */
static oko_status live(demo *d)
{
    const oko_service_options shared = { .db = d->db, .log = false, .background = true };
    oko_status status = oko_service_open(&shared, &d->service, d->err);
    status = status == OKO_OK ? tell(d, "demo/story.json") : status;
    status = status == OKO_OK ? add_days(d) : status;
    status = status == OKO_OK ? tell(d, "demo/now.json") : status;
    if (d->service != NULL) {
        oko_service_stop(d->service);
    }
    oko_service_closep(&d->service);
    return status;
}

/* The database says that it is a demonstration, and its state as made is kept beside it: POST /demo/reset. */
static oko_status keep_copy(demo *d)
{
    OKO_CLEANUP(oko_store_closep) oko_store *store = NULL;
    char copy[PATH_BYTES + sizeof OKO_DEMO_COPY];
    (void)snprintf(copy, sizeof copy, "%s" OKO_DEMO_COPY, d->db);
    oko_status status = oko_cli_store(d->cli, true, false, &store, d->err);
    status = status == OKO_OK ? oko_demo_mark(store, d->err) : status;
    return status == OKO_OK ? oko_store_backup(store, copy, true, NULL, d->err) : status;
}

oko_status oko_cmd_demo(oko_cli *cli, oko_error *err)
{
    demo d = { .cli = cli, .err = err };
    const char *out = oko_cli_option(cli, "out");
    int64_t schools = 60, municipalities = 6, seed = 2021;
    oko_status status = out != NULL ? OKO_OK : oko_error_set(err, OKO_E_ARGUMENT, "cli.simulate_out", "out");
    status = status == OKO_OK ? oko_cli_option_int(cli, "schools", 12, 1000, &schools, err) : status;
    status = status == OKO_OK ? oko_cli_option_int(cli, "municipalities", 2, 100, &municipalities, err) : status;
    status = status == OKO_OK ? oko_cli_option_int(cli, "seed", 0, INT64_C(1) << 53, &seed, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    (void)snprintf(d.files, sizeof d.files, "%.900s/files", out);
    (void)snprintf(d.db, sizeof d.db, "%.900s/oko.db", out);
    cli->db = d.db;
    d.variables = json_object();
    if (mkdir(out, 0777) != 0 && errno != EEXIST) {
        status = oko_error_set(err, OKO_E_IO, "", out);
    }
    status = status == OKO_OK && access(d.db, F_OK) == 0 ? oko_error_set(err, OKO_E_CONFLICT, "cli.demo.there", d.db)
                                                         : status;
    status = status != OKO_OK ? status : write_files(&d, (int)schools, (int)municipalities, (uint64_t)seed);
    status = status == OKO_OK ? import_register(&d) : status;
    status = status == OKO_OK ? add_procedures(&d) : status;
    status = status == OKO_OK ? add_people(&d) : status;
    const bool lives = oko_cli_option(cli, "prepare") == NULL;
    status = status == OKO_OK && lives ? live(&d) : status;
    status = status == OKO_OK ? keep_copy(&d) : status;
    json_decref(d.variables);
    if (status == OKO_OK) {
        OKO_CLI_SAY(cli, stderr, "cli.demo.done", OKO_S("db", d.db), OKO_S("password", demo_password));
    }
    return status;
}
