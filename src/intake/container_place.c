#include "intake/container_place.h"

#include "base/text_view.h"

#include <stdio.h>

void oko_place(char *dst, size_t bytes, const char *worksheet, uint32_t row, uint32_t col)
{
    char sheet[64], column[8] = "";
    char *letter = column + sizeof column - 1;
    *letter = '\0';
    for (; col > 0; col = (col - 1) / 26) {
        *--letter = (char)('A' + (col - 1) % 26);
    }
    (void)oko_str_copy(sheet, sizeof sheet, oko_str_of(worksheet));
    (void)snprintf(dst, bytes, "%s%s%s%u", sheet, sheet[0] == '\0' ? "" : "!", letter, row);
}
