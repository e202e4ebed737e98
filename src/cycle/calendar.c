/* Days of the calendar (proleptic Gregorian), without a clock and without a time zone. */
#include "cycle/flow.h"

#include <stdio.h>

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of(int year, int month)
{
    static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

static bool parse(const char *date, int ret_ymd[3])
{
    static const int place[3] = { 0, 5, 8 }, width[3] = { 4, 2, 2 };
    for (int i = 0; i < 10; i++) {
        const bool dash = i == 4 || i == 7;
        if (dash ? date[i] != '-' : date[i] < '0' || date[i] > '9') {
            return false;
        }
    }
    for (int k = 0; k < 3; k++) {
        ret_ymd[k] = 0;
        for (int i = 0; i < width[k]; i++) {
            ret_ymd[k] = 10 * ret_ymd[k] + (date[place[k] + i] - '0');
        }
    }
    return date[10] == '\0' && ret_ymd[0] >= 1 && ret_ymd[1] >= 1 && ret_ymd[1] <= 12 && ret_ymd[2] >= 1 &&
           ret_ymd[2] <= days_of(ret_ymd[0], ret_ymd[1]);
}

bool oko_date_valid(const char *date)
{
    int ymd[3];
    return date != NULL && parse(date, ymd);
}

bool oko_date_add(const char *date, int days, char ret_date[OKO_DATE_BYTES])
{
    int ymd[3];
    if (date == NULL || !parse(date, ymd) || days < 0 || days > 36525) {
        return false;
    }
    ymd[2] += days;
    while (ymd[2] > days_of(ymd[0], ymd[1])) {
        ymd[2] -= days_of(ymd[0], ymd[1]);
        ymd[0] += ymd[1] == 12;
        ymd[1] = ymd[1] == 12 ? 1 : ymd[1] + 1;
    }
    if (ymd[0] > 9999) {
        return false;
    }
    char text[48];
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", ymd[0], ymd[1], ymd[2]);
    return oko_str_copy(ret_date, OKO_DATE_BYTES, oko_str_of(text));
}
