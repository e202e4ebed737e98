/* Schools of a region or a municipality, one row each, with what the evidence of their procedures comes to. */
#include "http/overview.h"

#include <stdlib.h>
#include <string.h>

/* A school on its way into the list: place in the register, and keys to sort by. */
typedef struct listed {
    size_t place;
    const char *text;
    double number;
} listed;

typedef struct schools {
    const oko_tree *tree;
    const oko_schools_query *query;
    oko_seen *seen; /* [to − from] */
    listed *row;
    size_t n;
} schools;

static bool wanted(const oko_schools_query *q, const oko_run_rows *rows, const oko_run_row *r)
{
    return r->evidence >= 0 && r->level == OKO_LEVEL_SCHOOL && r->place >= 0 && (size_t)r->place >= q->from &&
           (size_t)r->place < q->to &&
           (q->procedure == NULL || strcmp(rows->procedure[r->procedure], q->procedure) == 0) &&
           (q->year == 0 || rows->procedure_year[r->procedure] == q->year);
}

static bool fits(const schools *s, size_t i)
{
    const oko_schools_query *q = s->query;
    const oko_seen *seen = &s->seen[i];
    return seen->evidence >= 0 && seen->evidence >= q->least && (q->family < 0 || seen->family[q->family] >= 0) &&
           (q->folded == NULL || strstr(s->tree->folded[q->from + i], q->folded) != NULL);
}

static void collect(schools *s)
{
    const oko_schools_query *q = s->query;
    for (size_t i = 0; i < q->to - q->from; i++) {
        if (!fits(s, i))
            continue;
        listed *row = &s->row[s->n++];
        *row = (listed){ .place = q->from + i, .text = "" };
        if (q->sort == OKO_SCHOOLS_BY_NAME)
            row->text = s->tree->units[row->place].name;
        else if (q->sort == OKO_SCHOOLS_BY_CODE)
            row->text = s->tree->units[row->place].code;
        row->number = q->sort == OKO_SCHOOLS_BY_WORKS      ? (double)s->seen[i].works
                      : q->sort == OKO_SCHOOLS_BY_EVIDENCE ? (double)s->seen[i].evidence
                                                           : 0;
    }
}

static int ascending(const void *a, const void *b)
{
    const listed *x = a, *y = b;
    int order = (x->number > y->number) - (x->number < y->number);
    order = order != 0 ? order : strcmp(x->text, y->text);
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

static void put_text(oko_buffer *b, const char *key, const char *text)
{
    json_t *json = json_string(text);
    char *quoted = json != NULL ? json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    oko_buffer_printf(b, ",\"%s\":%s", key, quoted != NULL ? quoted : "\"\"");
    free(quoted);
    json_decref(json);
}

static void put_row(const schools *s, size_t place, oko_buffer *b)
{
    const oko_unit *u = &s->tree->units[place];
    const oko_seen *seen = &s->seen[place - s->query->from];
    size_t up = oko_tree_find(s->tree, u->parent);
    bool below = up < s->tree->n && s->tree->units[up].level == OKO_LEVEL_MUNICIPALITY;
    oko_buffer_printf(b, "{\"unit\":%lld", (long long)u->id);
    put_text(b, "code", u->code);
    put_text(b, "name", u->name);
    put_text(b, "municipality", below ? s->tree->units[up].name : "");
    oko_buffer_printf(b, ",\"evidence\":\"%s\",\"families\":[", oko_evidence_name((oko_evidence)seen->evidence));
    for (int f = 0, n = 0; f < OKO_FAMILY_COUNT; f++)
        if (seen->family[f] >= 0)
            oko_buffer_printf(b, "%s\"%s\"", n++ > 0 ? "," : "", oko_family_name((oko_family)f));
    oko_buffer_printf(b, "],\"works\":%lld,\"procedures\":%d,\"marked\":%d}", (long long)seen->works, seen->procedures,
                      seen->marked);
}

static void put_page(const schools *s, oko_buffer *out)
{
    const oko_schools_query *q = s->query;
    oko_buffer_str(out, "\"items\":[");
    for (int64_t k = q->offset; k < q->offset + q->limit && k < (int64_t)s->n; k++) {
        if (k > q->offset)
            oko_buffer_char(out, ',');
        put_row(s, s->row[q->down ? s->n - 1 - (size_t)k : (size_t)k].place, out);
    }
    oko_buffer_printf(out, "],\"total\":%zu", s->n);
}

oko_status oko_schools_write(const oko_tree *tree, const oko_run_rows *evidence, const oko_schools_query *query,
                             oko_buffer *out)
{
    size_t n = query->to - query->from;
    OKO_CLEANUP(oko_freep) oko_seen *seen = oko_alloc_array(n + 1, sizeof *seen);
    OKO_CLEANUP(oko_freep) listed *row = oko_alloc_array(n + 1, sizeof *row);
    if (seen == NULL || row == NULL)
        return OKO_E_MEMORY;
    schools s = { .tree = tree, .query = query, .seen = seen, .row = row };
    for (size_t i = 0; i < n; i++)
        seen[i] = (oko_seen)OKO_SEEN_NOTHING;
    for (size_t i = 0; i < evidence->n; i++)
        if (wanted(query, evidence, &evidence->row[i]))
            oko_seen_take(&seen[(size_t)evidence->row[i].place - query->from], &evidence->row[i]);
    collect(&s);
    qsort(row, s.n, sizeof *row, ascending);
    put_page(&s, out);
    return oko_buffer_status(out);
}
