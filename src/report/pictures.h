/* What the files of pictures share: the sign that is drawn. Private to this folder. */
#ifndef OKO_REPORT_PICTURES_H
#define OKO_REPORT_PICTURES_H

#include "report/evidence.h"
#include "report/page.h"

/* The row that a picture is about, and the works behind it. */
typedef struct oko_picture {
    oko_page *page;
    size_t at;
    const oko_sign_row *row;
    const oko_view_procedure *vp;
    const char *title; /* of the group and procedure */
} oko_picture;

/* The group in all its procedures: results beside what other evidence expects, or absent pupils (roster). */
void oko_picture_compare(const oko_picture *s, bool roster);
/* Results of pupils by their journal marks beside the region's; vp: the school or a class of it. */
void oko_picture_journal(const oko_picture *s, const oko_view_procedure *vp);

#endif
