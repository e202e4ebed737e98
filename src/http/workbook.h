/* A table as the body of an answer: a workbook. */
#ifndef OKO_HTTP_WORKBOOK_H
#define OKO_HTTP_WORKBOOK_H

#include "http/request.h"
#include "report/table_xlsx.h"

/* sheet: any text, made fit for a sheet's name. file: name without extension, ASCII. OKO_E_LIMIT, OKO_E_MEMORY,
 * OKO_E_IO. */
oko_status oko_reply_workbook(oko_request *rq, oko_reply *reply, const char *sheet, const oko_table_column *columns,
                              size_t n_columns, const json_t *rows, const char *file, oko_error *err) OKO_WARN_UNUSED;

#endif
