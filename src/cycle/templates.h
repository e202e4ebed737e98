/*
 * Templates (шаблоны) of the office: DOCX files with {{places}} that letters are put into. A template is a record of
 * kind "template" whose file lies beside it; one of a unit may be chosen, and is then used for every letter to that
 * unit and below.
 */
#ifndef OKO_CYCLE_TEMPLATES_H
#define OKO_CYCLE_TEMPLATES_H

#include "cycle/cycle.h"

enum { OKO_TEMPLATE_MAX_BYTES = 4 * 1024 * 1024 };

/* The chosen template for letters to `unit`; *ret_id 0: none, the built-in form. The nearest unit's own comes first. */
oko_status oko_template_chosen(const oko_cycle *c, int64_t unit, int64_t *ret_id, oko_error *err) OKO_WARN_UNUSED;

#endif
