/* The disorder of real files, drawn from a stream of its own for every class; private to this folder. */
#ifndef OKO_DEMO_DIRT_H
#define OKO_DEMO_DIRT_H

#include "base/random.h"

#include <stdbool.h>
#include <stddef.h>

enum { DEMO_LABEL_BYTES = 24 };

/* How one school writes its classes in one file: «а», «А», «5А», «5 "а"», «нет» or nothing. */
typedef enum demo_class_style {
    DEMO_CLASS_LOWER,
    DEMO_CLASS_UPPER,
    DEMO_CLASS_NUMBERED,
    DEMO_CLASS_QUOTED,
    DEMO_CLASS_NONE,  /* «нет», «НЕТ» */
    DEMO_CLASS_EMPTY, /* an empty cell */
} demo_class_style;

/* Schools with one class in a grade often write no letter. */
demo_class_style demo_draw_class_style(oko_rng *rng, int n_classes);
/* grade: of the pupils at the time. Letters run А, Б, В…; beyond the alphabet А2, Б2, … */
void demo_class_text(demo_class_style style, int grade, int class_index, oko_rng *rng, char ret[DEMO_LABEL_BYTES]);
/* What stands in the cell of an item that was not tried: X in most files, and its look-alikes. */
const char *demo_draw_not_tried(oko_rng *rng);

/* What is wrong with one work, apart from its items. */
typedef enum demo_slip {
    DEMO_SLIP_NONE,
    DEMO_SLIP_ABOVE_MAXIMUM, /* the total is above the maximum of the work */
    DEMO_SLIP_OTHER_SUM,     /* the total is not the sum of the items */
    DEMO_SLIP_NO_VARIANT,    /* variant 0 and no total */
} demo_slip;

/* The number-th work of a file; rates are those of real exports, and every file of 4 000 works has each slip. */
demo_slip demo_slip_of(long number);

#endif
