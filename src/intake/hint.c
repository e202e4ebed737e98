/* What to tell a user whose file does not name a known procedure: the ones that fit, or a description to edit. */
#include "intake/layout.h"

#include "reference/procedures.h"
#include "reference/text.h"

#include <stdlib.h>
#include <string.h>

enum { HINT_BYTES = 1 << 20, RARE = 500, LISTED_BYTES = 40 };

/* A long list of labels ends in «…»: `source` has to hold the note as a whole. */
static void list_label(oko_buffer *list, const char *label)
{
    static const char more[] = ", …";
    if (list->len < LISTED_BYTES)
        oko_buffer_printf(list, "%s%s", list->len > 0 ? ", " : "", label);
    else if (strcmp(list->ptr + list->len - (sizeof more - 1), more) != 0)
        oko_buffer_str(list, more);
}

/* Largest score that at least every RARE-th scored cell reaches: a slip of the hand is no maximum. */
static int16_t observed_max(const intake_works *w, size_t item)
{
    uint64_t all = 0, tail = 0;
    if (w->seen == NULL)
        return 1;
    for (int s = 0; s < PROFILE_SCORES; s++)
        all += w->seen[item][s];
    for (int s = PROFILE_SCORES - 1; s > 0; s--) {
        tail += w->seen[item][s];
        if (tail > 0 && tail * RARE >= all)
            return (int16_t)s;
    }
    return 1;
}

static bool totals_fit(const intake_works *w, const oko_procedure *p)
{
    if (w->n_items == 0)
        return w->seen_total <= p->max_total;
    for (size_t i = 0; i < w->n_items; i++)
        if (w->item[i].max == 0 && i < (size_t)p->n_items && observed_max(w, i) > p->items[i].max)
            return false;
    return true;
}

static bool is_exam(const intake_reader *r)
{
    return r->file_layout != NULL && strcmp(r->file_layout->name, "gia") == 0;
}

/* A protocol of a state exam is not of a ВПР, and a ВПР form not of an exam; a plain table may be of anything. */
static bool kind_fits(const intake_reader *r, const oko_procedure *p)
{
    bool plain = r->file_layout == NULL || strcmp(r->file_layout->name, "wide") == 0;
    bool exam = p->kind == OKO_KIND_OGE || p->kind == OKO_KIND_EGE;
    return plain || exam == is_exam(r);
}

/* «Максимальный первичный балл:» | 24 above the head; 0 when it is not there. */
static int stated_max(const intake_reader *r)
{
    static const char words[] = "максимальный первичный балл";
    for (size_t i = 0; i < r->n_above; i++) {
        int64_t max = 0;
        const intake_row *row = &r->above[i];
        if (row->n >= 2 && strncmp(row->key[0], words, strlen(words)) == 0 &&
            oko_str_to_int(oko_str_of(row->text[1]), &max) && max > 0 && max <= OKO_MAX_TOTAL)
            return (int)max;
    }
    return 0;
}

/* Codes and titles of fitting procedures, one a line; the codes alone into `codes`. */
static size_t list_fitting(const intake_reader *r, oko_buffer *list, oko_buffer *codes)
{
    size_t n = 0;
    for (size_t i = 0; i < r->catalog->n; i++) {
        const oko_procedure *p = &r->catalog->procedures[i];
        int16_t map[OKO_MAX_ITEMS];
        bool by_order = false;
        if (!kind_fits(r, p) || works_fit(&r->works, p, map, &by_order, NULL) != OKO_OK || !totals_fit(&r->works, p))
            continue;
        oko_buffer_printf(list, "%s\t%s\n", p->code, p->title);
        oko_buffer_printf(codes, "%s%s", n > 0 ? ", " : "", p->code);
        n++;
    }
    return n;
}

/* The unknown procedure as far as the head and the rows tell it. */
static void describe(const intake_reader *r, oko_procedure *p, oko_buffer *observed)
{
    const intake_works *w = &r->works;
    size_t len = 0;
    memset(p, 0, sizeof *p);
    oko_str code = oko_str_of(r->wanted);
    if (!oko_procedure_code_parse(code, &p->year, &p->grade, p->subject, &len))
        oko_str_copy(p->aliases[p->n_aliases++], OKO_CODE_BYTES, code); /* a head of counts, a name that people use */
    oko_str_copy(p->code, sizeof p->code, code.len > 0 && p->n_aliases == 0 ? code : OKO_STR("YYYY-GG-SUBJECT"));
    if (p->n_aliases > 0 && p->aliases[0][0] == '\0')
        p->n_aliases = 0;
    oko_str_copy(p->title, sizeof p->title, code.len > 0 ? code : oko_str_of(r->file));
    p->kind = !is_exam(r) ? OKO_KIND_VPR : p->grade == 0 || p->grade >= 10 ? OKO_KIND_EGE : OKO_KIND_OGE;
    p->first_mark = 2;
    p->n_items = (int)w->n_items;
    for (int i = 0; i < p->n_items; i++) {
        oko_item *item = &p->items[i];
        memcpy(item->label, w->item[i].label, sizeof item->label);
        item->max = w->item[i].max > 0 ? w->item[i].max : observed_max(w, (size_t)i);
        if (w->item[i].max == 0)
            list_label(observed, item->label);
        p->max_total += item->max;
    }
    if (p->n_items == 0)
        p->max_total = stated_max(r) > 0 ? stated_max(r) : w->seen_total > 0 ? (int)w->seen_total : 1;
}

/* The note beside maxima that were only observed stands in `source`, where people write where maxima come from. */
static oko_status note_observed(oko_procedure *p, const oko_buffer *observed, bool highest, oko_error *err)
{
    OKO_CLEANUP(oko_text_freep) oko_text *text = NULL;
    oko_status status = oko_text_open("ru", &text, err);
    if (status != OKO_OK)
        return status;
    oko_buffer note;
    oko_buffer_init(&note, 4096);
    const char *items = observed->len > 0 ? observed->ptr : "—";
    oko_text_fill(text, &note,
                  observed->len > 0 ? "intake.hint.observed"
                  : highest         ? "intake.hint.highest"
                                    : "intake.hint.source",
                  &(oko_text_arg){ .name = "items", .kind = OKO_ARG_STR, .str = items }, 1);
    oko_str_copy(p->source, sizeof p->source, (oko_str){ note.ptr, note.len });
    status = oko_buffer_status(&note);
    oko_buffer_free(&note);
    return status;
}

static int dump_to(const char *bytes, size_t n, void *ctx)
{
    oko_buffer_add(ctx, bytes, n);
    return oko_buffer_status(ctx) == OKO_OK ? 0 : -1;
}

/* Cut-offs are never guessed: their places are left open. */
static bool open_cutoffs(json_t *procedure)
{
    json_t *cutoffs = json_pack("{s:n,s:n,s:n}", "3", "4", "5");
    return cutoffs != NULL && json_object_set_new(procedure, "cutoffs", cutoffs) == 0;
}

/* {"procedures":[…]}: the form of docs/formats/procedures.md. */
static oko_status description(const intake_reader *r, oko_buffer *out, oko_error *err)
{
    OKO_CLEANUP(oko_freep) oko_procedure *p = oko_calloc_array(1, sizeof *p);
    oko_buffer observed;
    oko_buffer_init(&observed, 4096);
    if (p == NULL)
        return OKO_E_MEMORY;
    describe(r, p, &observed);
    oko_status status = oko_buffer_status(&observed);
    if (status == OKO_OK)
        status = note_observed(p, &observed, p->n_items == 0 && stated_max(r) == 0, err);
    oko_buffer_free(&observed);
    if (status != OKO_OK)
        return status;
    json_t *one = oko_procedure_to_json(p);
    if (one != NULL && !open_cutoffs(one)) {
        json_decref(one);
        one = NULL;
    }
    OKO_CLEANUP(oko_json_freep) json_t *all = one != NULL ? json_pack("{s:[o]}", "procedures", one) : NULL;
    if (all == NULL || json_dump_callback(all, dump_to, out, JSON_INDENT(2)) != 0)
        return OKO_E_MEMORY;
    oko_buffer_char(out, '\n');
    return oko_buffer_status(out);
}

static oko_status needed(intake_reader *r, oko_buffer *out, oko_error *err)
{
    oko_buffer codes;
    oko_buffer_init(&codes, HINT_BYTES);
    size_t n = list_fitting(r, out, &codes);
    oko_status status = oko_buffer_status(&codes);
    if (status == OKO_OK && n == 0)
        status = description(r, out, err);
    if (status == OKO_OK) {
        oko_error_set(err, OKO_E_UNDECIDED, n > 0 ? "intake.procedure_needed" : "intake.procedure_none_fits", r->file);
        oko_error_arg(err, "%s", codes.ptr != NULL ? codes.ptr : "");
    }
    oko_buffer_free(&codes);
    return status;
}

oko_status reader_hint(intake_reader *r, oko_error *err)
{
    oko_buffer out;
    oko_buffer_init(&out, HINT_BYTES);
    oko_status status = OKO_OK;
    if (r->wanted[0] == '\0') {
        status = needed(r, &out, err);
    } else {
        status = description(r, &out, err);
        oko_error_set(err, OKO_E_UNDECIDED, "intake.procedure_unknown", r->file);
        oko_error_arg(err, "%s", r->wanted);
    }
    if (status == OKO_OK)
        status = oko_buffer_status(&out);
    if (status != OKO_OK) {
        oko_buffer_free(&out);
        return oko_error_set(err, status, "", r->file);
    }
    free(r->hint);
    r->hint = out.ptr; /* malloc; ours now */
    return OKO_E_UNDECIDED;
}
