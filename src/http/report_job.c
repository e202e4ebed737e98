/* Reports that take their time: results of a unit, the roadmap with its state, the evidence of the roadmap. Each is
 * kept as a file of the unit; the job's result names it. */
#include "http/jobs.h"

#include "cycle/letters.h"
#include "cycle/roadmap.h"
#include "cycle/settings.h"
#include "http/cycle_door.h"
#include "reference/json.h"
#include "report/letter.h"
#include "report/note.h"
#include "report/output.h"
#include "report/own_view.h"
#include "report/report.h"
#include "report/roadmap.h"
#include "report/roadmap_pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATH_BYTES = 600 };

typedef struct making {
    const oko_job_work *work;
    oko_actor actor;
    oko_cycle c;
    const oko_text *text;
    oko_unit unit;
    const char *kind, *format, *path;
    oko_error *err;
} making;

static const char *param(const making *m, const char *name)
{
    const char *s = json_string_value(json_object_get(m->work->params, name));
    return s != NULL ? s : "";
}

/* ---- results of a unit ---- */

static oko_status write_results(const making *m)
{
    oko_report_options options = OKO_REPORT_OPTIONS_INIT;
    oko_settings settings;
    oko_status status = oko_settings_get(m->work->store, &settings, m->err);
    if (status != OKO_OK) {
        return status;
    }
    options.published_min = settings.published_min;
    options.lang = oko_text_lang(m->text);
    options.progress = m->work->progress;
    return strcmp(m->format, "html") == 0 ? oko_report_html(m->work->store, m->unit.id, &options, m->path, m->err)
                                          : oko_report_xlsx(m->work->store, m->unit.id, &options, m->path, m->err);
}

/* ---- roadmap ---- */

static oko_status write_bytes(const making *m, const char *bytes, size_t len)
{
    oko_output out;
    oko_status status = oko_output_open(m->path, &out, m->err);
    if (status != OKO_OK) {
        return status;
    }
    status = oko_output_fill(&out, (oko_str){ bytes, len }, m->err);
    status = status == OKO_OK ? oko_output_commit(&out, m->err) : status;
    oko_output_drop(&out);
    return status;
}

static oko_status write_roadmap(const making *m)
{
    OKO_CLEANUP(oko_json_freep) json_t *table = NULL;
    OKO_CLEANUP(oko_freep) char *bytes = NULL;
    size_t len = 0;
    oko_status status = oko_roadmap_table(&m->c, param(m, "code"), m->unit.id, &table, m->err);
    status = status == OKO_OK ? oko_roadmap_document(table, m->text, m->format, true, &bytes, &len, m->err) : status;
    return status == OKO_OK ? write_bytes(m, bytes, len) : status;
}

/* ---- evidence ---- */

/* As others may see it: small groups hidden. */
static oko_status note_paper(const making *m, int64_t id, char **ret_bytes, size_t *ret_len)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *figures = NULL;
    oko_status status = oko_cycle_get(&m->c, "note", id, &e, m->err);
    if (status != OKO_OK || e.head.unit == 0) {
        return status;
    }
    const oko_own_view_options options = { .unit = e.head.unit,
                                           .published = true,
                                           .run = json_integer_value(json_object_get(e.body, "run")),
                                           .evidence = json_integer_value(json_object_get(e.body, "evidence")) };
    status = oko_own_view(m->work->store, m->text, &options, &figures, m->err);
    return status == OKO_OK ? oko_note_document(figures, e.head.title, e.body, m->text, OKO_DOCUMENT_DOCX, ret_bytes,
                                                ret_len, m->err)
                            : status;
}

static oko_status letter_paper(const making *m, int64_t id, char **ret_bytes, size_t *ret_len)
{
    OKO_CLEANUP(oko_json_freep) json_t *model = NULL;
    oko_status status = oko_letter_model(&m->c, id, &model, m->err);
    return status == OKO_OK ? oko_letter_docx(model, (oko_str){ 0 }, ret_bytes, ret_len, m->err) : status;
}

static oko_status paper(void *ctx, const json_t *item, char **ret_bytes, size_t *ret_len, const char **ret_ending,
                        oko_error *err)
{
    const making *m = ctx;
    const char *kind = json_string_value(json_object_get(item, "kind"));
    const int64_t id = json_integer_value(json_object_get(item, "id"));
    (void)err; /* m->err: the same */
    *ret_ending = "docx";
    return kind == NULL                          ? OKO_OK
           : strcmp(kind, "note") == 0           ? note_paper(m, id, ret_bytes, ret_len)
           : strcmp(kind, "recommendation") == 0 ? letter_paper(m, id, ret_bytes, ret_len)
                                                 : OKO_OK;
}

static oko_status write_evidence(making *m)
{
    OKO_CLEANUP(oko_json_freep) json_t *evidence = NULL;
    const json_t *params = m->work->params;
    oko_status status =
        oko_roadmap_evidence(&m->c, param(m, "code"), (int)json_integer_value(json_object_get(params, "no")),
                             m->unit.id, json_is_true(json_object_get(params, "below")), &evidence, m->err);
    const oko_roadmap_pack pack = { .store = m->work->store,
                                    .evidence = evidence,
                                    .text = m->text,
                                    .paper = paper,
                                    .ctx = m,
                                    .progress = m->work->progress };
    return status == OKO_OK ? oko_roadmap_pack_write(&pack, m->path, m->err) : status;
}

/* ---- one report ---- */

static const char *media_of(const char *format)
{
    return strcmp(format, "zip") == 0 ? "application/zip" : oko_roadmap_media(format);
}

/* "roadmap-2020-2022-sch990001.docx", "evidence-2020-2022-row7-sch990001.zip", "results-sch990001.html" */
static void name_of(const making *m, char *ret_name, size_t bytes)
{
    const json_int_t no = json_integer_value(json_object_get(m->work->params, "no"));
    char row[24] = "";
    if (no > 0) {
        (void)snprintf(row, sizeof row, "-row%lld", (long long)no);
    }
    (void)snprintf(ret_name, bytes, "%s%s%s%s-%s.%s", m->kind, *param(m, "code") != '\0' ? "-" : "", param(m, "code"),
                   row, m->unit.code, m->format);
}

static oko_status keep(const making *m, json_t **ret_result)
{
    oko_file file = { .unit = m->unit.id, .created_by = m->work->job->user }, kept;
    name_of(m, file.name, sizeof file.name);
    (void)snprintf(file.type, sizeof file.type, "%s", media_of(m->format));
    oko_status status = oko_store_file_put(m->work->store, &file, m->path, &kept, m->err);
    if (status == OKO_OK) {
        *ret_result = json_pack("{s:I, s:I, s:s}", "file", (json_int_t)kept.id, "bytes", (json_int_t)kept.bytes, "name",
                                kept.name);
    }
    return status;
}

/* Whoever asked for it, as they stand now. */
static oko_status who_asks(making *m)
{
    oko_user user;
    const int64_t id = m->work->job->user;
    oko_status status = id != 0 ? oko_store_user_get(m->work->store, id, &user, m->err) : OKO_OK;
    if (status == OKO_OK) {
        m->actor = id != 0 ? oko_actor_of_user(&user) : oko_actor_owner();
    }
    return status;
}

oko_status oko_run_report(const oko_job_work *work, json_t **ret_result, oko_error *err)
{
    char path[PATH_BYTES];
    making m = { .work = work, .path = path, .err = err };
    (void)snprintf(path, sizeof path, "%.500s-report-%lld", work->service->db, (long long)work->job->id);
    m.kind = *param(&m, "kind") != '\0' ? param(&m, "kind") : "results";
    m.format = param(&m, "format");
    m.text = strcmp(param(&m, "lang"), "en") == 0 ? work->service->en : work->service->ru;
    oko_status status = who_asks(&m);
    status =
        status == OKO_OK
            ? oko_store_unit_get(work->store, json_integer_value(json_object_get(work->params, "unit")), &m.unit, err)
            : status;
    m.c = (oko_cycle){ .store = work->store, .flows = work->service->flows, .actor = &m.actor };
    oko_door_day(time(NULL), m.c.today);
    (void)unlink(path); /* of an earlier attempt */
    if (status == OKO_OK) {
        status = strcmp(m.kind, "roadmap") == 0    ? write_roadmap(&m)
                 : strcmp(m.kind, "evidence") == 0 ? write_evidence(&m)
                                                   : write_results(&m);
    }
    status = status == OKO_OK ? keep(&m, ret_result) : status;
    (void)unlink(path);
    return status;
}
