/* What is most worth looking at, in a few sentences. Shared by page and workbook. */
#ifndef OKO_REPORT_SUMMARY_H
#define OKO_REPORT_SUMMARY_H

#include "report/view.h"

enum { OKO_SUMMARY_LINES = 8 };

typedef struct oko_summary {
    const char *lines[OKO_SUMMARY_LINES]; /* arena strings */
    int n;
} oko_summary;

/* OKO_E_MEMORY. */
oko_status oko_summary_make(const oko_view *view, oko_arena *arena, oko_summary *ret_summary) OKO_WARN_UNUSED;

#endif
