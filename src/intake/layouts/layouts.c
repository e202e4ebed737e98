/* The list of known layouts: the more particular head comes first. */
#include "intake/layouts/layouts.h"

const intake_layout *const intake_layouts[] = {
    &layout_regional_2020, &layout_regional_2021, &layout_regional_2022,
    &layout_fis_results,   &layout_school_form,   &layout_fis_marks,
    &layout_fis_journal,   &layout_fis_scores,    &layout_gia,
    &layout_recheck,       &layout_observers,     &layout_medals,
    &layout_reference,     &layout_register,      &layout_external,
    &layout_histogram,     &layout_wide,          NULL,
};
