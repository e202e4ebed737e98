/* Where in a table something is, as a spreadsheet program shows it: «Лист1!C7», «C7», «7». */
#ifndef OKO_INTAKE_CONTAINER_PLACE_H
#define OKO_INTAKE_CONTAINER_PLACE_H

#include <stddef.h>
#include <stdint.h>

/* worksheet may be ""; row and col are 1-based, col 0 = the whole row. Cut when `bytes` is too small. */
void oko_place(char *dst, size_t bytes, const char *worksheet, uint32_t row, uint32_t col);

#endif
