/* One file per known layout; docs/formats/ lists their columns. */
#ifndef OKO_INTAKE_LAYOUTS_LAYOUTS_H
#define OKO_INTAKE_LAYOUTS_LAYOUTS_H

#include "intake/layout.h"

extern const intake_layout layout_regional_2020, layout_regional_2021, layout_regional_2022, layout_fis_results,
    layout_school_form, layout_fis_marks, layout_fis_journal, layout_fis_scores, layout_gia, layout_register,
    layout_external, layout_recheck, layout_observers, layout_medals, layout_reference, layout_histogram, layout_wide;

/* groups.c: «Группы участников» of the aggregate reports of ФИС ОКО. Last region seen, for the rows below it. */
typedef struct groups_state {
    uint32_t region; /* place + 1, 0 none */
} groups_state;
/* Place of a group row: country, region by name, municipality or school by login. False: no group there. */
oko_status groups_place(intake_reader *r, groups_state *state, oko_str text, uint32_t row, bool *ret_found,
                        uint32_t *ret_place) OKO_WARN_UNUSED;

#endif
