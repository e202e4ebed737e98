/* Letters on paper: one as a page or a document, many as one file, templates of the office. */
#include "http/routes/routes.h"

#include "cycle/body.h"
#include "cycle/letters.h"
#include "cycle/templates.h"
#include "http/cycle_door.h"
#include "http/service.h"
#include "reference/json.h"
#include "report/letter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A reader can't mark: the mark is one short step of the writer. */
oko_status oko_letter_seen(oko_request *rq, int64_t id, oko_error *err)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    oko_cycle c = oko_door(rq);
    oko_status status = oko_cycle_get(&c, "recommendation", id, &e, err);
    const oko_flow_action *read = oko_flow_action_find(oko_flow_find(c.flows, "recommendation"), "read");
    if (status != OKO_OK || rq->actor.owner || oko_cycle_may(&c, &e, read, NULL) != OKO_OK) {
        return status;
    }
    oko_store *writer = NULL;
    status = oko_service_write(rq->service, &writer, err);
    if (status != OKO_OK) {
        return status;
    }
    c.store = writer;
    c.in_transaction = true;
    status = oko_letter_look(&c, id, NULL, err);
    return oko_service_write_end(rq->service, status, err);
}

static void attach(oko_request *rq, oko_reply *reply, int64_t id, const char *ending)
{
    const char *value = oko_arena_printf(rq->arena, "attachment; filename=\"letter-%lld.%s\"", (long long)id, ending);
    oko_reply_header(rq, reply, "Content-Disposition", value);
}

static oko_status reply_html(oko_reply *reply, const json_t *model, oko_error *err)
{
    oko_buffer out = { 0 };
    oko_buffer_init(&out, 4 * 1024 * 1024);
    oko_status status = oko_letter_html(model, &out);
    if (status != OKO_OK) {
        oko_buffer_free(&out);
        return oko_error_set(err, status, "", "");
    }
    reply->bytes = out.ptr;
    reply->len = out.len;
    reply->type = "text/html; charset=utf-8";
    return OKO_OK;
}

/* ---- the office's template ---- */

/* The template that was asked for (0: the built-in form), else the one that is chosen for the addressee. */
static oko_status template_of(oko_request *rq, const oko_cycle *c, int64_t unit, oko_entry *ret_template,
                              oko_error *err)
{
    int64_t id = oko_request_int(rq, "template", -1);
    oko_status status = id < 0 ? oko_template_chosen(c, unit, &id, err) : OKO_OK;
    return status == OKO_OK && id != 0 ? oko_cycle_load(c, "template", id, ret_template, err) : status;
}

/* The letter as DOCX, in the template when there is one (its body is NULL else). */
static oko_status make_docx(oko_request *rq, const json_t *model, const oko_entry *template, char **ret_bytes,
                            size_t *ret_len, oko_error *err)
{
    OKO_CLEANUP(oko_freep) char *form = NULL;
    oko_file file = { .bytes = 0 };
    oko_status status = OKO_OK;
    if (template->body != NULL) {
        status = oko_store_file_get(rq->store, oko_body_int(template->body, "file"), &file, err);
        status = status == OKO_OK ? oko_file_bytes(rq->store, &file, &form, err) : status;
    }
    return status == OKO_OK ? oko_letter_docx(model, (oko_str){ form, (size_t)file.bytes }, ret_bytes, ret_len, err)
                            : status;
}

/* Which template it will be put into, and which places have no words yet. */
static oko_status tell_template(json_t *model, const oko_entry *template, oko_error *err)
{
    json_t *list = NULL;
    oko_status status = oko_letter_unfilled(model, json_object_get(template->body, "places"), &list);
    if (status != OKO_OK) {
        return oko_error_set(err, status, "", "");
    }
    status = oko_body_set(model, "unfilled", list, err);
    json_t *named = template->body == NULL
                        ? json_null()
                        : json_pack("{s:I, s:s}", "id", (json_int_t) template->head.id, "title", template->head.title);
    return status == OKO_OK ? oko_body_set(model, "template", named, err) : status;
}

static oko_status reply_docx(oko_request *rq, oko_reply *reply, const json_t *model, const oko_entry *template,
                             oko_error *err)
{
    reply->type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    return make_docx(rq, model, template, &reply->bytes, &reply->len, err);
}

static oko_status letter(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const int64_t id = oko_request_int(rq, "id", 0);
    const char *format = oko_request_str(rq, "format");
    OKO_CLEANUP(oko_entry_clear) oko_entry template = { 0 }, e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *model = NULL;
    oko_status status = oko_letter_seen(rq, id, err);
    const oko_cycle c = oko_door(rq);
    status = status == OKO_OK ? oko_cycle_get(&c, "recommendation", id, &e, err) : status;
    status = status == OKO_OK ? oko_letter_model(&c, id, &model, err) : status;
    status = status == OKO_OK ? template_of(rq, &c, e.head.unit, &template, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    oko_reply_about(reply, "recommendation", id, e.head.unit);
    if (format == NULL || strcmp(format, "json") == 0) {
        status = tell_template(model, &template, err);
        return status == OKO_OK ? oko_reply_json(reply, 200, json_incref(model), err) : status;
    }
    attach(rq, reply, id, format);
    return strcmp(format, "docx") == 0 ? reply_docx(rq, reply, model, &template, err) : reply_html(reply, model, err);
}

/* ---- many letters as one file ---- */

enum { LETTERS_MAX = 200, LETTERS_MAX_BYTES = 128 * 1024 * 1024 };

typedef struct packing {
    oko_request *rq;
    const oko_cycle *c;
    oko_letter_file *files;
    size_t n, bytes;
    json_t *ids;
    oko_error *err;
} packing;

/* 001-2021_sch990001.docx: number and addressee; a letter without a number by its id. */
static void name_file(const packing *p, const oko_entry *e, const char *unit, char ret[96])
{
    char number[65] = "";
    const char *given = oko_body_str(e->body, "number");
    for (size_t i = 0; given[i] != '\0' && i < sizeof number - 1; i++) {
        number[i] = strchr("/\\:*?\"<>| ", given[i]) != NULL ? '-' : given[i];
        number[i + 1] = '\0';
    }
    (void)snprintf(ret, 96, "%.60s%s%.24s.docx", number, *number != '\0' ? "_" : "draft_", unit);
    for (size_t i = 0; i < p->n; i++) {
        if (strcmp(p->files[i].name, ret) == 0) { /* two drafts to one school */
            (void)snprintf(ret, 96, "%.40s_%.24s_%lld.docx", *number != '\0' ? number : "draft", unit,
                           (long long)e->head.id);
        }
    }
}

static oko_status pack_one(packing *p, int64_t id)
{
    OKO_CLEANUP(oko_entry_clear) oko_entry template = { 0 }, e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *model = NULL;
    oko_unit u;
    oko_letter_file *file = &p->files[p->n];
    oko_status status = oko_cycle_get(p->c, "recommendation", id, &e, p->err);
    status = status == OKO_OK ? oko_store_unit_get(p->rq->store, e.head.unit, &u, p->err) : status;
    status = status == OKO_OK ? oko_letter_model(p->c, id, &model, p->err) : status;
    status = status == OKO_OK ? template_of(p->rq, p->c, e.head.unit, &template, p->err) : status;
    status = status == OKO_OK ? make_docx(p->rq, model, &template, &file->bytes, &file->len, p->err) : status;
    if (status != OKO_OK) {
        return status;
    }
    name_file(p, &e, u.code, file->name);
    p->n++;
    p->bytes += file->len;
    return p->bytes <= LETTERS_MAX_BYTES ? oko_body_append(p->ids, json_integer(id), p->err)
                                         : oko_error_set(p->err, OKO_E_LIMIT, "letter.too_many", "ids");
}

static oko_status pack_all(packing *p, const char *ids)
{
    oko_status status = OKO_OK;
    for (const char *at = ids; status == OKO_OK && *at != '\0';) {
        char *end;
        const long long id = strtoll(at, &end, 10);
        status = p->n < LETTERS_MAX ? pack_one(p, id) : oko_error_set(p->err, OKO_E_LIMIT, "letter.too_many", "ids");
        at = *end == ',' ? end + 1 : end;
    }
    return status;
}

static oko_status letters(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    packing p = { .rq = rq, .c = &c, .ids = json_array(), .err = err };
    p.files = oko_calloc_array(LETTERS_MAX, sizeof *p.files);
    oko_status status = p.files != NULL && p.ids != NULL ? pack_all(&p, oko_request_str(rq, "ids"))
                                                         : oko_error_set(err, OKO_E_MEMORY, "", "");
    status = status == OKO_OK ? oko_letter_zip(p.files, p.n, &reply->bytes, &reply->len, err) : status;
    for (size_t i = 0; p.files != NULL && i < LETTERS_MAX; i++) {
        free(p.files[i].bytes);
    }
    free(p.files);
    reply->type = "application/zip";
    reply->detail = json_pack("{s:o}", "letters", p.ids); /* each of them was looked at */
    oko_reply_header(rq, reply, "Content-Disposition", "attachment; filename=\"letters.zip\"");
    return status;
}

/* ---- templates ---- */

/* Reads the places of the file that was just kept: it must be a template. */
static oko_status read_places(oko_request *rq, const oko_file *file, json_t **ret_places, oko_error *err)
{
    OKO_CLEANUP(oko_freep) char *bytes = NULL;
    oko_status status = oko_file_bytes(rq->store, file, &bytes, err);
    return status == OKO_OK ? oko_docx_places((oko_str){ bytes, (size_t)file->bytes }, ret_places, err) : status;
}

static oko_status template_create(oko_request *rq, oko_reply *reply, oko_error *err)
{
    const oko_cycle c = oko_door(rq);
    OKO_CLEANUP(oko_entry_clear) oko_entry e = { 0 };
    OKO_CLEANUP(oko_json_freep) json_t *body = NULL;
    oko_file kept;
    json_t *places = NULL;
    if (rq->upload.bytes > OKO_TEMPLATE_MAX_BYTES) {
        return oko_error_set(err, OKO_E_LIMIT, "docx.template", "file");
    }
    oko_status status = oko_file_keep(rq, oko_request_int(rq, "unit", rq->actor.unit), &kept, err);
    status = status == OKO_OK ? read_places(rq, &kept, &places, err) : status;
    if (status != OKO_OK) {
        return status;
    }
    body = json_pack("{s:I, s:I, s:o}", "file", (json_int_t)kept.id, "bytes", (json_int_t)kept.bytes, "places", places);
    if (body == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    }
    const char *title = oko_request_str(rq, "title");
    const oko_draft d = { .title = title != NULL ? title : kept.name, .unit = kept.unit, .body = body };
    status = oko_cycle_create(&c, "template", &d, &e, err);
    return status == OKO_OK ? oko_record_reply(rq, reply, &c, 201, &e, err) : status;
}

const oko_route oko_routes_letters[] = {
    { "recommendations.letter", letter },
    { "recommendations.letters", letters },
    { "templates.create", template_create },
    { NULL, NULL },
};
