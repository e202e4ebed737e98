#include "demo/dirt.h"

#include <stdio.h>

static const char *const upper[] = { "А", "Б", "В", "Г", "Д", "Е", "Ж", "З", "И", "К",
                                     "Л", "М", "Н", "О", "П", "Р", "С", "Т", "У", "Ф" };
static const char *const lower[] = { "а", "б", "в", "г", "д", "е", "ж", "з", "и", "к",
                                     "л", "м", "н", "о", "п", "р", "с", "т", "у", "ф" };
enum { LETTERS = sizeof upper / sizeof upper[0] };

demo_class_style demo_draw_class_style(oko_rng *rng, int n_classes)
{
    double u = oko_rng_uniform(rng);
    if (n_classes == 1) {
        u = u < .45 ? 0 : (u - .45) / .55;
        if (u == 0) {
            return oko_rng_uniform(rng) < .9 ? DEMO_CLASS_NONE : DEMO_CLASS_EMPTY;
        }
    }
    return u < .5 ? DEMO_CLASS_LOWER : u < .93 ? DEMO_CLASS_UPPER : u < .98 ? DEMO_CLASS_NUMBERED : DEMO_CLASS_QUOTED;
}

void demo_class_text(demo_class_style style, int grade, int class_index, oko_rng *rng, char ret[DEMO_LABEL_BYTES])
{
    char round[16] = "";
    if (class_index >= LETTERS) {
        (void)snprintf(round, sizeof round, "%d", class_index / LETTERS + 1);
    }
    bool slip = oko_rng_uniform(rng) < .02; /* one row in the other case */
    const char *small = lower[class_index % LETTERS];
    const char *large = upper[class_index % LETTERS];
    switch (style) {
    case DEMO_CLASS_LOWER:
        (void)snprintf(ret, DEMO_LABEL_BYTES, "%s%s", slip ? large : small, round);
        break;
    case DEMO_CLASS_UPPER:
        (void)snprintf(ret, DEMO_LABEL_BYTES, "%s%s", slip ? small : large, round);
        break;
    case DEMO_CLASS_NUMBERED:
        (void)snprintf(ret, DEMO_LABEL_BYTES, "%d%s%s", grade, slip ? small : large, round);
        break;
    case DEMO_CLASS_QUOTED:
        (void)snprintf(ret, DEMO_LABEL_BYTES, "%d \"%s%s\"", grade, slip ? small : large, round);
        break;
    case DEMO_CLASS_NONE:
        (void)snprintf(ret, DEMO_LABEL_BYTES, "%s", slip ? "НЕТ" : "нет");
        break;
    case DEMO_CLASS_EMPTY:
    default:
        ret[0] = '\0';
        break;
    }
}

const char *demo_draw_not_tried(oko_rng *rng)
{
    double u = oko_rng_uniform(rng);
    return u < .93    ? "X"
           : u < .965 ? "x"
           : u < .98  ? "не пройд."
           : u < .988 ? "Х"
           : u < .993 ? "х"
           : u < .996 ? "X "
           : u < .998 ? "H"
                      : "N";
}

demo_slip demo_slip_of(long number)
{
    if (number % 1999 == 1000) {
        return DEMO_SLIP_ABOVE_MAXIMUM;
    }
    if (number % 3307 == 1650) {
        return DEMO_SLIP_NO_VARIANT;
    }
    return number % 701 == 350 ? DEMO_SLIP_OTHER_SUM : DEMO_SLIP_NONE;
}
