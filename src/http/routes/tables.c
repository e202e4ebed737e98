/* Tables that a person sees, as files: what stands beside a chart, the list of signs. */
#include "http/routes/routes.h"

#include "http/service.h"
#include "http/workbook.h"

#include <string.h>

enum { MAX_COLUMNS = 100 };

/* Rows as they came, as arrays of cells, → objects c0, c1, … that the writer of tables takes. */
static json_t *rows_of(const json_t *body, const char (*member)[8], size_t n_columns)
{
    json_t *rows = json_array(), *row, *cell;
    size_t i, k;
    json_array_foreach(json_object_get(body, "rows"), i, row)
    {
        json_t *o = json_object();
        json_array_foreach(row, k, cell)
        {
            if (k < n_columns)
                (void)json_object_set(o, member[k], cell);
        }
        (void)json_array_append_new(rows, o);
    }
    return rows;
}

static oko_status tables_xlsx(oko_request *rq, oko_reply *reply, oko_error *err)
{
    oko_table_column columns[MAX_COLUMNS];
    char member[MAX_COLUMNS][24];
    const json_t *heads = json_object_get(rq->body, "columns");
    size_t n = json_array_size(heads) < MAX_COLUMNS ? json_array_size(heads) : MAX_COLUMNS;
    for (size_t k = 0; k < n; k++) {
        const json_t *head = json_array_get(heads, k);
        const json_t *width = json_object_get(head, "width");
        (void)snprintf(member[k], sizeof member[k], "c%zu", k);
        columns[k] = (oko_table_column){ .member = member[k],
                                         .head = json_string_value(json_object_get(head, "head")),
                                         .width = json_is_number(width) ? json_number_value(width)
                                                  : k == 0              ? 32.0
                                                                        : 16.0 };
    }
    json_t *rows = rows_of(rq->body, (const char(*)[8])member, n);
    if (rows == NULL)
        return oko_error_set(err, OKO_E_MEMORY, "", "");
    oko_status status = oko_reply_workbook(rq, reply, json_string_value(json_object_get(rq->body, "title")), columns, n,
                                           rows, "table", err);
    json_decref(rows);
    return status;
}

const oko_route oko_routes_tables[] = {
    { "tables.xlsx", tables_xlsx },
    { NULL, NULL },
};
